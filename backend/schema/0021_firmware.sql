-- Versions of the firmware, each as one image: its signed manifest, and behind it the files in the manifest's order.
CREATE TABLE firmware_release (
    firmware_release_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    board text NOT NULL,
    first_revision smallint NOT NULL,
    last_revision smallint NOT NULL CHECK (last_revision >= first_revision),
    battery_mv smallint NOT NULL,                -- the least with which a device takes it
    key_id text NOT NULL,                        -- who signed it
    manifest_bytes integer NOT NULL CHECK (manifest_bytes > 0),
    image bytea NOT NULL,
    loader bytea NOT NULL,                       -- `main.py`: for devices that are flashed, never sent
    published_at timestamptz NOT NULL,
    stopped_at timestamptz,                      -- nobody is offered it any more
    stop_reason text,
    UNIQUE (board, version)
);
ALTER TABLE firmware_release ALTER image SET STORAGE EXTERNAL;   -- devices take it in slices

-- A release offered to a device, and what became of it.
CREATE TABLE device_update (
    device_update_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id integer NOT NULL REFERENCES device,
    firmware_release_id integer NOT NULL REFERENCES firmware_release,
    partition smallint NOT NULL CHECK (partition BETWEEN 0 AND 63),   -- crc32(device) mod 64: which gateway tells it
    state text NOT NULL CHECK (state IN ('offered', 'downloading', 'trying', 'confirmed', 'refused', 'rolled_back',
                                         'withdrawn')),
    reason text NOT NULL DEFAULT '',
    sent_bytes integer NOT NULL DEFAULT 0,
    offered_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    is_announced boolean NOT NULL DEFAULT false  -- the broker has what is true now: the offer, or that there is none
);
CREATE UNIQUE INDEX device_update_open ON device_update (device_id) WHERE state IN ('offered', 'downloading', 'trying');
CREATE INDEX device_update_release ON device_update (firmware_release_id, state);
CREATE INDEX device_update_unannounced ON device_update (partition) WHERE NOT is_announced;
