-- What people saw and what was emptied: append-only, the proof behind every report.
CREATE TABLE observation (
    observation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot_id integer NOT NULL REFERENCES slot,
    observed_at timestamptz NOT NULL,
    fill_fraction double precision NOT NULL CHECK (fill_fraction BETWEEN 0 AND 2),
    source text NOT NULL CHECK (source IN ('driver', 'citizen', 'import')),
    recorded_at timestamptz NOT NULL DEFAULT clock_now()
);
CREATE INDEX observation_slot ON observation (slot_id, observed_at);

CREATE TABLE emptying (
    emptying_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot_id integer NOT NULL REFERENCES slot,
    emptied_at timestamptz NOT NULL,
    source text NOT NULL CHECK (source IN ('driver', 'device', 'import')),
    recorded_at timestamptz NOT NULL DEFAULT clock_now(),
    UNIQUE (slot_id, emptied_at)
);

CREATE TABLE depot (
    depot_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    name text NOT NULL,
    lat_deg double precision NOT NULL,
    lon_deg double precision NOT NULL,
    is_made_up boolean NOT NULL DEFAULT false
);

CREATE TABLE facility (
    facility_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    name text NOT NULL,
    lat_deg double precision NOT NULL,
    lon_deg double precision NOT NULL,
    streams text[] NOT NULL,
    opens_local time NOT NULL,
    closes_local time NOT NULL CHECK (closes_local > opens_local),
    tip_s integer NOT NULL CHECK (tip_s >= 0),
    is_made_up boolean NOT NULL DEFAULT false
);

CREATE TABLE vehicle (
    vehicle_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    depot_id integer NOT NULL REFERENCES depot,
    name text NOT NULL UNIQUE,
    capacity_kg integer NOT NULL CHECK (capacity_kg > 0),
    compaction double precision NOT NULL DEFAULT 1 CHECK (compaction >= 1),   -- bin litres per litre on board
    shift_start_local time NOT NULL,
    shift_end_local time NOT NULL CHECK (shift_end_local > shift_start_local),
    cents_per_km integer NOT NULL CHECK (cents_per_km >= 0),
    cents_per_hour integer NOT NULL CHECK (cents_per_hour >= 0),
    cents_per_day integer NOT NULL CHECK (cents_per_day >= 0)
);

CREATE TABLE compartment (
    vehicle_id integer NOT NULL REFERENCES vehicle,
    stream text NOT NULL REFERENCES stream,
    capacity_l integer NOT NULL CHECK (capacity_l > 0),
    PRIMARY KEY (vehicle_id, stream)
);
