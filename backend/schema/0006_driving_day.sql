-- What a driver is owed, and how late a vehicle may come home. One break a shift: more have had no user yet.
ALTER TABLE vehicle
    ADD COLUMN break_s integer NOT NULL DEFAULT 0 CHECK (break_s >= 0),            -- 0: none is planned
    ADD COLUMN break_earliest_local time,
    ADD COLUMN break_latest_local time CHECK (break_latest_local >= break_earliest_local),   -- when it must have begun
    ADD COLUMN is_under_driving_rule boolean NOT NULL DEFAULT true,   -- 45 min after 4.5 h of driving, EC 561/2006 art. 7
    ADD COLUMN overtime_s integer NOT NULL DEFAULT 0 CHECK (overtime_s >= 0),
    ADD COLUMN overtime_cents_per_hour integer NOT NULL DEFAULT 0 CHECK (overtime_cents_per_hour >= 0),  -- on top
    ADD CHECK ((break_s > 0) = (break_earliest_local IS NOT NULL)),
    ADD CHECK ((break_s > 0) = (break_latest_local IS NOT NULL));

-- A break is an entry of the driver's list like any other, but it has no place.
ALTER TABLE stop DROP CONSTRAINT stop_kind_check;
ALTER TABLE stop ADD CONSTRAINT stop_kind_check CHECK (kind IN ('pickup', 'tip', 'break'));

-- A day that is planned anew gets new stops for work that is still to do. The origin is the first stop that the day had
-- for that work (null: this one), so that a tap on an old list counts for the new one, on whichever run it is now.
ALTER TABLE stop ADD COLUMN origin_stop_id integer REFERENCES stop;
CREATE INDEX stop_origin ON stop ((coalesce(origin_stop_id, stop_id)));
CREATE INDEX plan_service_day ON plan (service_day);

-- The last word of each vehicle's driver on each piece of work. A tap that was taken back is no word: the work is open.
CREATE VIEW last_word AS
SELECT DISTINCT ON (coalesce(stop.origin_stop_id, stop.stop_id), run.vehicle_id)
       coalesce(stop.origin_stop_id, stop.stop_id) AS origin_stop_id, run.vehicle_id, pickup.outcome, pickup.reason,
       pickup.fill_fraction, pickup.happened_at,
       pickup.reason IS NOT DISTINCT FROM 'tapped by mistake' AS is_taken_back
FROM pickup JOIN stop USING (stop_id) JOIN run USING (run_id)
ORDER BY coalesce(stop.origin_stop_id, stop.stop_id), run.vehicle_id, pickup.recorded_at DESC, pickup.event_id;

-- What became of each stop. Its own driver's word comes first; a bin that another driver emptied meanwhile, because he
-- still had the old list, is not driven to again.
CREATE OR REPLACE VIEW stop_status AS
SELECT stop.stop_id,
       CASE WHEN own.outcome IS NOT NULL THEN own.outcome
            WHEN other.name IS NOT NULL THEN 'skipped'
            ELSE 'planned' END AS status,
       coalesce(own.reason, 'emptied by ' || other.name) AS reason,
       coalesce(own.happened_at, other.happened_at) AS happened_at
FROM stop
JOIN run USING (run_id)
LEFT JOIN LATERAL (
    SELECT outcome, reason, happened_at FROM last_word
    WHERE last_word.origin_stop_id = coalesce(stop.origin_stop_id, stop.stop_id)
        AND last_word.vehicle_id = run.vehicle_id AND NOT is_taken_back) AS own ON true
LEFT JOIN LATERAL (
    SELECT vehicle.name, last_word.happened_at FROM last_word JOIN vehicle USING (vehicle_id)
    WHERE last_word.origin_stop_id = coalesce(stop.origin_stop_id, stop.stop_id)
        AND last_word.vehicle_id <> run.vehicle_id AND last_word.outcome = 'done'
        AND own.outcome IS NULL AND stop.kind = 'pickup'
    ORDER BY last_word.happened_at LIMIT 1) AS other ON true;

-- The driver's lists of a day: the stops of the runs in force, and before them what the same vehicle's driver had
-- something to say about while older plans of the day were in force.
CREATE FUNCTION list_stops(day date) RETURNS TABLE (run_id integer, stop_id integer, "position" integer)
LANGUAGE sql STABLE AS $$
    SELECT run.run_id, stop.stop_id,
           row_number() OVER (PARTITION BY run.run_id ORDER BY stop.run_id, stop.position)::integer
    FROM plan
    JOIN run ON run.plan_id = plan.plan_id
    JOIN plan AS made ON made.organisation_id = plan.organisation_id AND made.service_day = plan.service_day
    JOIN run AS driven ON driven.plan_id = made.plan_id AND driven.vehicle_id = run.vehicle_id
    JOIN stop ON stop.run_id = driven.run_id
    WHERE plan.service_day = day AND plan.replaced_at IS NULL
        AND (driven.run_id = run.run_id
             OR EXISTS (SELECT FROM pickup WHERE pickup.stop_id = stop.stop_id)
                AND NOT EXISTS (
                    SELECT FROM stop AS later JOIN run AS later_run ON later_run.run_id = later.run_id
                    WHERE coalesce(later.origin_stop_id, later.stop_id) = coalesce(stop.origin_stop_id, stop.stop_id)
                        AND later.stop_id > stop.stop_id AND later_run.vehicle_id = run.vehicle_id
                        AND (later.run_id = run.run_id
                             OR EXISTS (SELECT FROM pickup WHERE pickup.stop_id = later.stop_id))))
$$;

-- What would have to give way for a bin that no run had room for: which limit, by how much in its own unit, for whom to
-- come, and what that would cost.
ALTER TABLE decision
    ADD COLUMN would_fit_limit text,
    ADD COLUMN would_fit_amount double precision,
    ADD COLUMN would_fit_vehicle_id integer REFERENCES vehicle,
    ADD COLUMN would_fit_cents integer,
    ADD CHECK (num_nulls(would_fit_limit, would_fit_amount, would_fit_vehicle_id, would_fit_cents) IN (0, 4));
