-- A blow is over by itself: calm for `calm_s`, or nothing heard of another one for `over_s`; within `emptied_s` of an emptying
-- it was the truck.
INSERT INTO alarm_kind (kind, severity, repeat_every_s, limits) VALUES
    ('knock', 'minor', 0, '{"calm_s": 3600, "over_s": 86400, "emptied_s": 1800}');

-- Who offered it; null: nobody asked before there was a place for the answer.
ALTER TABLE device_update ADD offered_by text;
CREATE INDEX device_update_device ON device_update (device_id, device_update_id);

-- Which version each device runs that takes settings and versions from us: by its own word, or by that it confirmed one since.
-- Null: it has said nothing yet. 0: its program was copied by hand.
CREATE VIEW device_running AS
SELECT device.device_id, coalesce(setting.board, substring(device.kind FROM '^ullage-(.+)$')) AS board,
       CASE WHEN confirmed.changed_at > coalesce(setting.reported_at, '-infinity') THEN confirmed.version
            ELSE setting.firmware END AS version,
       greatest(setting.reported_at, confirmed.changed_at) AS known_at
FROM device
LEFT JOIN device_setting AS setting USING (device_id)
LEFT JOIN LATERAL (
    SELECT release.version, told.changed_at
    FROM device_update AS told JOIN firmware_release AS release USING (firmware_release_id)
    WHERE told.device_id = device.device_id AND told.state = 'confirmed'
    ORDER BY told.changed_at DESC LIMIT 1) AS confirmed ON true
WHERE device.kind LIKE 'ullage-%' OR setting.device_id IS NOT NULL;
