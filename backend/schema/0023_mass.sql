-- Bins that are weighed in place of ranged: what a load cell says, in steps of 100 g, beside distances. Raw masses are kept, as
-- distances are; what they mean is looked up by time. The limit of docs/payload.md, 32,000, fits a smallint. A new column
-- without a default rewrites nothing, at any storage level.
ALTER TABLE reading ADD mass_hg smallint;            -- null: not weighed, or the cell gave nothing usable
ALTER TABLE device_journal ADD mass_hg smallint;
ALTER TABLE reading_hour ADD mass_hg smallint;       -- mean of those that were weighed
ALTER TABLE reading_day ADD mass_hg smallint;

-- A bin is calibrated by distances, by masses, or by both.
ALTER TABLE calibration
    ALTER empty_mm DROP NOT NULL,
    ALTER full_mm DROP NOT NULL,
    ADD empty_kg double precision CHECK (empty_kg >= 0),
    ADD full_kg double precision,
    ADD CHECK (full_kg >= empty_kg + 1),
    ADD CHECK ((empty_mm IS NULL) = (full_mm IS NULL)),
    ADD CHECK ((empty_kg IS NULL) = (full_kg IS NULL)),
    ADD CHECK (empty_mm IS NOT NULL OR empty_kg IS NOT NULL);

-- Without a calibration there is no fill: least() and greatest() pass over a null, and would call such a bin empty.
CREATE OR REPLACE FUNCTION fill_fraction(distance_mm integer, empty_mm integer, full_mm integer)
RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN distance_mm IS NULL OR distance_mm = 0 OR empty_mm IS NULL THEN NULL
           ELSE least(1.05, greatest(0.0, (empty_mm - distance_mm)::double precision / (empty_mm - full_mm))) END
$$;

-- Where distance and mass are chosen between: where the surface is that a reading tells of, so that all that
-- judges distances judges masses too. What was weighed, of a bin that is calibrated so, is put between `empty_mm` and
-- `full_mm`; of a bin that has no such distances, between 1,200 and 200 mm (`scale_empty_mm`, `scale_full_mm`). A mass
-- outranks a distance: a load cell hears no echo of something else. Never 0, which would say that there was none.
CREATE FUNCTION scale_empty_mm(empty_mm integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT coalesce(empty_mm, 1200)';
CREATE FUNCTION scale_full_mm(full_mm integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT coalesce(full_mm, 200)';
CREATE FUNCTION surface_mm(distance_mm integer, mass_hg integer, empty_mm integer, full_mm integer,
                           empty_kg double precision, full_kg double precision)
RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN mass_hg IS NOT NULL AND empty_kg IS NOT NULL THEN greatest(1, round(
            scale_empty_mm(empty_mm) - (scale_empty_mm(empty_mm) - scale_full_mm(full_mm))
                * (mass_hg / 10.0::double precision - empty_kg) / (full_kg - empty_kg)))::integer
        WHEN empty_mm IS NOT NULL THEN distance_mm END
$$;

-- The same as a fill. Written out, as the server puts a function in its place only if no argument is worked out twice by that.
CREATE FUNCTION fill_fraction(distance_mm integer, mass_hg integer, empty_mm integer, full_mm integer,
                              empty_kg double precision, full_kg double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN mass_hg IS NOT NULL AND empty_kg IS NOT NULL THEN
            least(1.05, greatest(0.0, (mass_hg / 10.0::double precision - empty_kg) / (full_kg - empty_kg)))
        WHEN distance_mm IS NULL OR distance_mm = 0 OR empty_mm IS NULL THEN NULL
        ELSE least(1.05, greatest(0.0, (empty_mm - distance_mm)::double precision / (empty_mm - full_mm))) END
$$;

CREATE OR REPLACE VIEW device_latest AS
SELECT DISTINCT ON (device_id) device_id, measured_at, received_at, distance_mm, battery_mv,
       temperature_dc / 10.0::real AS temperature_c, tilt_deg, flags,
       max(heard_at) OVER (PARTITION BY device_id) AS heard_at, mass_hg
FROM device_journal WHERE measured_at IS NOT NULL
ORDER BY device_id, measured_at DESC;

CREATE OR REPLACE VIEW slot_reading AS
SELECT device_slot.slot_id, reading.device_id, reading.measured_at, reading.distance_mm, reading.battery_mv,
       reading.temperature_dc / 10.0::real AS temperature_c, reading.flags,
       fill_fraction(reading.distance_mm, reading.mass_hg, calibration.empty_mm, calibration.full_mm, calibration.empty_kg,
                     calibration.full_kg) AS fill_fraction,
       reading.mass_hg
FROM reading
JOIN device_slot ON device_slot.device_id = reading.device_id
    AND reading.measured_at >= device_slot.from_at
    AND (device_slot.to_at IS NULL OR reading.measured_at < device_slot.to_at)
LEFT JOIN LATERAL (
    SELECT empty_mm, full_mm, empty_kg, full_kg FROM calibration
    WHERE calibration.slot_id = device_slot.slot_id AND calibration.valid_from <= reading.measured_at
    ORDER BY calibration.valid_from DESC LIMIT 1) AS calibration ON true;
