-- A blow is over by itself: calm for `calm_s`, or nothing heard of another one for `over_s`; within `emptied_s` of an emptying
-- it was the truck.
INSERT INTO alarm_kind (kind, severity, repeat_every_s, limits) VALUES
    ('knock', 'minor', 0, '{"calm_s": 3600, "over_s": 86400, "emptied_s": 1800}');
