-- Records that came before their turn (docs/payload.md, `ahead`): the first number after them while the cursor is not
-- there yet. What is between may be stored already, and only the key of each record can tell.
ALTER TABLE device_journal ADD ahead_seq bigint;

-- What a device was asked to go by, and what it said of it. Beside the device: most have no row.
CREATE TABLE device_setting (
    device_id integer PRIMARY KEY REFERENCES device,
    partition smallint NOT NULL CHECK (partition BETWEEN 0 AND 63),   -- crc32(device) mod 64: which gateway tells it
    revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),        -- 0: nobody has asked for anything
    desired jsonb NOT NULL DEFAULT '{}',         -- name: value; what is not named is as the device was provisioned
    desired_at timestamptz,
    reported_revision integer,                   -- null: it has said nothing
    reported jsonb,                              -- of what was asked, what it goes by: name: value
    refused jsonb,                               -- of what was asked, what it does not: name: reason
    firmware integer,
    board text,
    reported_at timestamptz,
    is_announced boolean NOT NULL                -- the broker has what is true now: the wish, or that there is none
);
CREATE INDEX device_setting_unannounced ON device_setting (partition) WHERE NOT is_announced;

-- Every wish, append-only: who asked for what, when.
CREATE TABLE device_setting_change (
    device_id integer NOT NULL REFERENCES device,
    revision integer NOT NULL,
    desired jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (device_id, revision)
);
