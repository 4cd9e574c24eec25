-- What is made of the readings. Raw values stay as they are: a fault is written beside them, only where there is one, and
-- replaced when a reading that came late makes the days around it look different.
CREATE TABLE reading_fault (
    device_id integer NOT NULL,
    measured_at timestamptz NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    fault text NOT NULL CHECK (fault IN ('no echo', 'blind zone', 'impossible jump', 'fixed false echo', 'stuck',
                                         'clock wrong', 'moved')),
    PRIMARY KEY (device_id, measured_at, epoch, seq)
);

-- Whether planning may use a sensor, why not, and the numbers behind it (shares of its last ten days).
CREATE TABLE sensor_trust (
    device_id integer PRIMARY KEY REFERENCES device,
    state text NOT NULL CHECK (state IN ('trusted', 'doubtful', 'not_trusted')),
    reasons text[] NOT NULL,
    since timestamptz NOT NULL,                  -- the reading with which the state began
    judged_at timestamptz NOT NULL,
    measured_at timestamptz NOT NULL,            -- the newest reading that was judged
    believed_at timestamptz,                     -- the newest one that is believed, and what it said
    believed_mm smallint,
    level_mm real NOT NULL,                      -- the surface as all readings together have it
    deviation_mm real NOT NULL,
    readings integer NOT NULL,
    echo_share real NOT NULL,
    no_echo_share real NOT NULL,
    stuck_share real NOT NULL,
    clock_share real NOT NULL,
    moved_share real NOT NULL,
    gap_share real NOT NULL,
    echo_heights_mm smallint[] NOT NULL,
    empty_fill real                              -- what it shows of a bin just emptied; null: none was seen
);

-- A device sees more of an emptying than a driver says. Two sources may tell of the same moment.
ALTER TABLE emptying
    ADD COLUMN device_id integer REFERENCES device,      -- the six: null unless a device showed it
    ADD COLUMN kind text CHECK (kind IN ('full', 'partial', 'bag change')),
    ADD COLUMN after_at timestamptz,                     -- the readings between which it was
    ADD COLUMN seen_at timestamptz,
    ADD COLUMN fill_before double precision,
    ADD COLUMN fill_after double precision,
    ADD COLUMN confidence double precision,
    ADD CHECK (source <> 'device' OR num_nulls(device_id, kind, after_at, seen_at, fill_before, fill_after) = 0),
    DROP CONSTRAINT emptying_slot_id_emptied_at_key,
    ADD UNIQUE (slot_id, emptied_at, source);

-- A driver's emptying stands as long as it is the last word on its stop. A device that shows one within half a day of it
-- shows the same one, and the driver's word counts.
CREATE OR REPLACE VIEW standing_emptying AS
SELECT emptying.slot_id, emptying.emptied_at, emptying.source, emptying.kind, emptying.fill_before, emptying.fill_after
FROM emptying
LEFT JOIN stop_status USING (stop_id)
WHERE (emptying.stop_id IS NULL OR stop_status.status = 'done')
    AND NOT (emptying.source = 'device' AND EXISTS (
        SELECT FROM emptying AS said LEFT JOIN stop_status AS word ON word.stop_id = said.stop_id
        WHERE said.slot_id = emptying.slot_id AND said.source <> 'device'
            AND said.emptied_at BETWEEN emptying.after_at - interval '12 hours'
                AND emptying.seen_at + interval '12 hours'
            AND (said.stop_id IS NULL OR word.status = 'done')));
