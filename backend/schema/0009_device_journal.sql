-- A device's journal: how far it is stored, and the newest record of it. One row that a batch of records touches, where
-- a cursor and a latest reading were two.
ALTER TABLE device_cursor RENAME TO device_journal;
ALTER INDEX device_cursor_pkey RENAME TO device_journal_pkey;
ALTER TABLE device_journal RENAME COLUMN updated_at TO heard_at;
ALTER TABLE device_journal
    ADD measured_at timestamptz,                 -- of the newest record; null: none was usable yet
    ADD received_at timestamptz,
    ADD distance_mm smallint,
    ADD battery_mv smallint,
    ADD temperature_dc smallint,
    ADD tilt_deg smallint,
    ADD flags smallint,
    -- From when on records came in that a summary (hours, days) and a judgement (echoes, emptyings) have not seen.
    -- Whoever has caught up sets it to null; a record that comes late sets it back as far as needed.
    ADD summarise_from_at timestamptz,
    ADD judge_from_at timestamptz,
    SET (fillfactor = 50);                       -- room beside each row: every report rewrites it

INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at, received_at, distance_mm, battery_mv,
                            temperature_dc, tilt_deg, flags)
SELECT DISTINCT ON (latest.device_id) latest.device_id, coalesce(journal.epoch, 0), coalesce(journal.next_seq, 0),
       greatest(latest.received_at, journal.heard_at), latest.measured_at, latest.received_at, latest.distance_mm,
       latest.battery_mv, round(latest.temperature_c * 10), latest.tilt_deg, latest.flags
FROM device_latest AS latest LEFT JOIN device_journal AS journal USING (device_id)
ORDER BY latest.device_id, journal.heard_at DESC
ON CONFLICT (device_id, epoch) DO UPDATE SET
    measured_at = excluded.measured_at, received_at = excluded.received_at, distance_mm = excluded.distance_mm,
    battery_mv = excluded.battery_mv, temperature_dc = excluded.temperature_dc, tilt_deg = excluded.tilt_deg,
    flags = excluded.flags;
UPDATE device_journal SET (summarise_from_at, judge_from_at) = (
    SELECT min(measured_at), min(measured_at) FROM reading
    WHERE reading.device_id = device_journal.device_id AND reading.epoch = device_journal.epoch);
DROP TABLE device_latest;

-- The newest reading of each device over all its journals; `heard_at`: when it was last heard at all, late records included.
CREATE VIEW device_latest AS
SELECT DISTINCT ON (device_id) device_id, measured_at, received_at, distance_mm, battery_mv,
       temperature_dc / 10.0::real AS temperature_c, tilt_deg, flags,
       max(heard_at) OVER (PARTITION BY device_id) AS heard_at
FROM device_journal WHERE measured_at IS NOT NULL
ORDER BY device_id, measured_at DESC;

-- Tenths of a degree, as they are on the wire: half the bytes of a real, and they compress.
DROP VIEW slot_reading;
ALTER TABLE reading ALTER temperature_c TYPE smallint USING round(temperature_c * 10);
ALTER TABLE reading RENAME temperature_c TO temperature_dc;
CREATE VIEW slot_reading AS
SELECT device_slot.slot_id, reading.device_id, reading.measured_at, reading.distance_mm, reading.battery_mv,
       reading.temperature_dc / 10.0::real AS temperature_c, reading.flags,
       fill_fraction(reading.distance_mm, calibration.empty_mm, calibration.full_mm) AS fill_fraction
FROM reading
JOIN device_slot ON device_slot.device_id = reading.device_id
    AND reading.measured_at >= device_slot.from_at
    AND (device_slot.to_at IS NULL OR reading.measured_at < device_slot.to_at)
LEFT JOIN LATERAL (
    SELECT empty_mm, full_mm FROM calibration
    WHERE calibration.slot_id = device_slot.slot_id AND calibration.valid_from <= reading.measured_at
    ORDER BY calibration.valid_from DESC LIMIT 1) AS calibration ON true;

-- When a gateway was listening and storing. Silence counts only while somebody could have heard: a device is not late
-- for the hours in which its gateway, broker or database was away.
CREATE TABLE gateway_service (
    gateway text NOT NULL,                       -- its client id at the broker
    partitions smallint[] NOT NULL,              -- crc32(device) mod 64 of the devices it hears
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL CHECK (to_at >= from_at),
    PRIMARY KEY (gateway, from_at)
);
CREATE INDEX gateway_service_to ON gateway_service (to_at);
