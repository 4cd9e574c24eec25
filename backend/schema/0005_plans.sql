-- A plan is the decision for one service day; a newer one for the same day replaces it and the old one stays readable.
CREATE TABLE plan (
    plan_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    service_day date NOT NULL,
    made_at timestamptz NOT NULL,
    replaced_at timestamptz,
    solver text NOT NULL,
    solve_s double precision NOT NULL,
    cost_cents integer NOT NULL,
    roads text NOT NULL                          -- 'streets' or 'straight line x 1.4': said wherever a time is shown
);
CREATE UNIQUE INDEX plan_in_force ON plan (organisation_id, service_day) WHERE replaced_at IS NULL;

-- The day that people mean when they name none: today, else the next that is planned, else the last.
CREATE FUNCTION shown_service_day() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT plan.service_day
    FROM plan JOIN organisation USING (organisation_id)
    CROSS JOIN LATERAL (
        SELECT (clock_now() AT TIME ZONE organisation.time_zone)::date AS day) AS today
    WHERE plan.replaced_at IS NULL
    ORDER BY plan.service_day < today.day, abs(plan.service_day - today.day)
    LIMIT 1
$$;

CREATE TABLE run (
    run_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id integer NOT NULL REFERENCES plan,
    vehicle_id integer NOT NULL REFERENCES vehicle,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    distance_m integer NOT NULL,
    drive_s integer NOT NULL,
    geometry jsonb NOT NULL,                     -- [[lon, lat], …] from depot to depot along streets
    UNIQUE (plan_id, vehicle_id)
);

CREATE TABLE stop (
    stop_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id integer NOT NULL REFERENCES run,
    position integer NOT NULL,                   -- from 1
    kind text NOT NULL CHECK (kind IN ('pickup', 'tip')),
    slot_id integer REFERENCES slot,
    facility_id integer REFERENCES facility,
    arrive_at timestamptz NOT NULL,
    depart_at timestamptz NOT NULL,
    leg_distance_m integer NOT NULL,             -- from the stop before
    leg_drive_s integer NOT NULL,
    expected_fill_fraction double precision,
    volume_l integer NOT NULL,                   -- taken here (pickup) or tipped here
    mass_kg integer NOT NULL,
    load_l integer NOT NULL,                     -- on board when leaving, all compartments
    load_kg integer NOT NULL,
    UNIQUE (run_id, position),
    CHECK ((kind = 'pickup') = (slot_id IS NOT NULL)),
    CHECK ((kind = 'tip') = (facility_id IS NOT NULL))
);

-- Why a bin is in the plan or is not; what its emptying was worth; what it would have cost.
CREATE TABLE decision (
    plan_id integer NOT NULL REFERENCES plan,
    slot_id integer NOT NULL REFERENCES slot,
    outcome text NOT NULL CHECK (outcome IN ('planned', 'left', 'unserved', 'unreachable')),
    why text NOT NULL,
    is_mandatory boolean NOT NULL,
    prize_cents integer NOT NULL,
    detour_cents integer,                        -- marginal cost of the stop; null: not computed
    overflow_probability double precision NOT NULL,
    PRIMARY KEY (plan_id, slot_id)
);

-- The forecast a plan was made with, kept so that it can be judged.
CREATE TABLE slot_forecast (
    slot_id integer PRIMARY KEY REFERENCES slot,
    made_at timestamptz NOT NULL,
    basis text NOT NULL,
    trust double precision NOT NULL,
    fill_fraction double precision NOT NULL,     -- at made_at
    full_at timestamptz,
    overflow_probability double precision NOT NULL,   -- before the next chance to empty
    horizon_at timestamptz[] NOT NULL,
    fill_low double precision[] NOT NULL,        -- 10 %
    fill_middle double precision[] NOT NULL,     -- 50 %
    fill_high double precision[] NOT NULL        -- 90 %
);

-- What the driver did. The phone draws event_id, so a tap sent twice counts once.
CREATE TABLE pickup (
    event_id uuid PRIMARY KEY,
    stop_id integer NOT NULL REFERENCES stop,
    outcome text NOT NULL CHECK (outcome IN ('done', 'skipped')),
    reason text CHECK ((outcome = 'skipped') = (reason IS NOT NULL)),
    fill_fraction double precision CHECK (fill_fraction BETWEEN 0 AND 2),
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_now()
);
CREATE INDEX pickup_stop ON pickup (stop_id, recorded_at);

-- The last word of the driver on each stop.
CREATE VIEW stop_status AS
SELECT stop.stop_id, coalesce(last.outcome, 'planned') AS status, last.reason, last.happened_at
FROM stop
LEFT JOIN LATERAL (
    SELECT outcome, reason, happened_at FROM pickup
    WHERE pickup.stop_id = stop.stop_id ORDER BY recorded_at DESC, event_id LIMIT 1) AS last ON true;

-- A driver's emptying stands only as long as it is the last word on its stop: a mis-tap is corrected by a later tap, and
-- nothing is ever deleted.
ALTER TABLE emptying ADD COLUMN stop_id integer REFERENCES stop;
CREATE VIEW standing_emptying AS
SELECT emptying.slot_id, emptying.emptied_at, emptying.source
FROM emptying
LEFT JOIN stop_status USING (stop_id)
WHERE emptying.stop_id IS NULL OR stop_status.status = 'done';
