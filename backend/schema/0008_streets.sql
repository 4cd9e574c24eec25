-- What a vehicle is to the streets: one of the usual kinds, and what this one is different in.
ALTER TABLE vehicle
    ADD COLUMN road_profile text NOT NULL DEFAULT 'truck-18t',
    ADD COLUMN height_m double precision CHECK (height_m > 0),      -- null: as the profile says
    ADD COLUMN width_m double precision CHECK (width_m > 0),
    ADD COLUMN length_m double precision CHECK (length_m > 0),
    ADD COLUMN weight_t double precision CHECK (weight_t > 0),      -- permitted gross weight
    ADD COLUMN axle_t double precision CHECK (axle_t > 0);

-- Streets that are shut for a while, or open only to smaller vehicles (then some limit is set). A closure that ended
-- stays: plans of its time were made with it.
CREATE TABLE road_closure (
    closure_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    way bigint,                                  -- OSM way, all of it; or
    lat_deg double precision CHECK (lat_deg BETWEEN -90 AND 90),   -- the stretch nearest to a point
    lon_deg double precision CHECK (lon_deg BETWEEN -180 AND 180),
    height_m double precision CHECK (height_m > 0),
    width_m double precision CHECK (width_m > 0),
    length_m double precision CHECK (length_m > 0),
    weight_t double precision CHECK (weight_t > 0),
    axle_t double precision CHECK (axle_t > 0),
    reason text NOT NULL,
    from_at timestamptz NOT NULL,
    to_at timestamptz CHECK (to_at > from_at),   -- null: until further notice
    recorded_at timestamptz NOT NULL DEFAULT clock_now(),
    CHECK ((way IS NULL) = (lat_deg IS NOT NULL)),
    CHECK ((lat_deg IS NULL) = (lon_deg IS NULL))
);

-- How fast traffic is, by class of road and local hour; 1: as without traffic. Learned from legs that were driven; a
-- factor that somebody set stays as he set it.
CREATE TABLE road_speed (
    organisation_id integer NOT NULL REFERENCES organisation,
    road_class text NOT NULL,
    hour integer NOT NULL CHECK (hour BETWEEN 0 AND 23),
    factor double precision NOT NULL CHECK (factor > 0),
    driven_s double precision NOT NULL CHECK (driven_s >= 0),       -- how much driving it was learned from
    is_set boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_now(),
    PRIMARY KEY (organisation_id, road_class, hour)
);
