-- One clock for everybody who touches the database. In production the row is absent and the clock is the server's; the
-- demo inserts a row and runs faster. Gateway and backend ask clock_now(), so no process needs to be told.
CREATE TABLE clock (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    real_origin_at timestamptz NOT NULL,
    shown_origin_at timestamptz NOT NULL,
    speed double precision NOT NULL CHECK (speed > 0)
);

CREATE FUNCTION clock_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(
        (SELECT shown_origin_at + (clock_timestamp() - real_origin_at) * speed FROM clock),
        clock_timestamp())
$$;

CREATE TABLE organisation (
    organisation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    time_zone text NOT NULL,                 -- IANA name
    city text,                               -- folder of streets and basemap; null: no map was given
    plan_at_local time NOT NULL DEFAULT '04:30'
);

-- Material, with what a bin's litres weigh and what an overflow costs.
CREATE TABLE stream (
    stream text PRIMARY KEY,
    density_kg_per_l double precision NOT NULL CHECK (density_kg_per_l > 0),
    overflow_cents integer NOT NULL CHECK (overflow_cents >= 0)
);

-- A first set, to be corrected by each operator: densities are loose material in the bin, as collection trades assume
-- it; costs are judgements (cleaning, complaints, lost material, hazard), not measurements.
INSERT INTO stream (stream, density_kg_per_l, overflow_cents) VALUES
    ('residual', 0.11, 6000),
    ('packaging', 0.035, 4000),
    ('paper', 0.08, 3000),
    ('glass', 0.30, 2500),
    ('organic', 0.35, 6000),
    ('textiles', 0.13, 4000),
    ('e-waste', 0.20, 8000),
    ('batteries', 1.00, 12000),
    ('cooking-oil', 0.92, 8000),
    ('chemicals', 0.80, 20000);

CREATE TABLE site (
    site_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    name text NOT NULL,
    address text,
    lat_deg double precision NOT NULL CHECK (lat_deg BETWEEN -90 AND 90),
    lon_deg double precision NOT NULL CHECK (lon_deg BETWEEN -180 AND 180),
    is_made_up boolean NOT NULL DEFAULT false,   -- demo data that stands for nothing real
    source text                                  -- 'osm:node/123', 'import:bins.csv:7'
);

-- History belongs to the slot; the container in it may be swapped.
CREATE TABLE slot (
    slot_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id integer NOT NULL REFERENCES site,
    code text NOT NULL UNIQUE,                   -- what is printed on the bin
    stream text NOT NULL REFERENCES stream,
    service_s integer NOT NULL DEFAULT 120 CHECK (service_s >= 0)
);
CREATE INDEX slot_site ON slot (site_id);

CREATE TABLE container (
    container_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot_id integer NOT NULL REFERENCES slot,
    volume_l integer NOT NULL CHECK (volume_l > 0),
    from_at timestamptz NOT NULL,
    to_at timestamptz CHECK (to_at > from_at)
);
CREATE UNIQUE INDEX container_one_at_a_time ON container (slot_id) WHERE to_at IS NULL;

CREATE TABLE device (
    device_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device text NOT NULL UNIQUE CHECK (device ~ '^[a-z0-9_-]{1,32}$'),   -- its name on the wire
    kind text NOT NULL,                          -- 'ullage-esp32', 'simulated', …
    report_every_s integer NOT NULL DEFAULT 3600 CHECK (report_every_s > 0)   -- what it promises; silence is judged by it
);

CREATE TABLE device_slot (
    device_id integer NOT NULL REFERENCES device,
    slot_id integer NOT NULL REFERENCES slot,
    from_at timestamptz NOT NULL,
    to_at timestamptz CHECK (to_at > from_at),
    PRIMARY KEY (device_id, from_at)
);
CREATE UNIQUE INDEX device_slot_one_device ON device_slot (slot_id) WHERE to_at IS NULL;
CREATE UNIQUE INDEX device_slot_one_slot ON device_slot (device_id) WHERE to_at IS NULL;

-- Raw distances are kept; what they mean is looked up by time, so a recalibration corrects history.
CREATE TABLE calibration (
    slot_id integer NOT NULL REFERENCES slot,
    valid_from timestamptz NOT NULL,
    empty_mm integer NOT NULL CHECK (empty_mm > 0),
    full_mm integer NOT NULL CHECK (full_mm >= 0),
    PRIMARY KEY (slot_id, valid_from),
    CHECK (empty_mm > full_mm)
);

-- Above 1 the bin overflows; a distance beyond the empty one is an empty bin. The sensor cannot see past 105 %.
CREATE FUNCTION fill_fraction(distance_mm integer, empty_mm integer, full_mm integer)
RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN distance_mm IS NULL OR distance_mm = 0 THEN NULL
           ELSE least(1.05, greatest(0.0, (empty_mm - distance_mm)::double precision / (empty_mm - full_mm))) END
$$;
