"""SQL that makes a small installation in which nothing is wrong."""

SET_UP = """
INSERT INTO organisation (name, time_zone, city) VALUES ('Espoo', 'UTC', 'espoo');
INSERT INTO site (organisation_id, name, lat_deg, lon_deg)
    SELECT organisation_id, 'Market', 60.1, 24.9 FROM organisation;
INSERT INTO slot (site_id, code, stream) SELECT site_id, 'A1', 'glass' FROM site;
INSERT INTO container (slot_id, volume_l, from_at)
    SELECT slot_id, 1100, clock_now() FROM slot;
INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm)
    SELECT slot_id, clock_now(), 1200, 200 FROM slot;
INSERT INTO device (device, kind) VALUES ('sensor-1', 'ullage-esp32');
INSERT INTO device_slot (device_id, slot_id, from_at)
    SELECT device_id, slot_id, clock_now() FROM device, slot;
INSERT INTO device_journal (
        device_id, epoch, next_seq, heard_at, measured_at, received_at, flags)
    SELECT device_id, 1, 0, clock_now(), clock_now(), clock_now(), 0 FROM device"""

SERVED = """
INSERT INTO gateway_service (gateway, partitions, from_at, to_at)
SELECT 'gateway', array_agg(each), clock_now() - interval '9 hours', clock_now()
FROM generate_series(0, 63) AS each"""
