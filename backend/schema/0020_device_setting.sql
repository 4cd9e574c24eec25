-- Records that came before their turn (docs/payload.md, `ahead`): the first number after them while the cursor is not
-- there yet. What is between may be stored already, and only the key of each record can tell.
ALTER TABLE device_journal ADD ahead_seq bigint;

-- What a device was asked to do, and what it said of it. Beside the device: most have no row.
CREATE TABLE device_setting (
    device_id integer PRIMARY KEY REFERENCES device,
    revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),   -- 0: nobody has asked for anything
    desired jsonb NOT NULL DEFAULT '{}',         -- name: value; what is not named is as the device was provisioned
    desired_at timestamptz,
    reported_revision integer,                   -- null: it has said nothing
    reported jsonb,                              -- what it goes by: name: value
    refused jsonb,                               -- of what was asked: name: reason
    firmware text,
    board text,
    reported_at timestamptz
);

-- Every change, append-only: who asked for what, when.
CREATE TABLE device_setting_change (
    device_id integer NOT NULL REFERENCES device,
    revision integer NOT NULL,
    desired jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (device_id, revision)
);

-- Gateways listen, and publish what is asked for.
CREATE FUNCTION tell_desired_setting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ullage_desired', NEW.device_id::text);
    RETURN NEW;
END $$;
CREATE TRIGGER device_setting_desired AFTER INSERT OR UPDATE ON device_setting FOR EACH ROW
    WHEN (NEW.revision > 0 AND NEW.reported_revision IS DISTINCT FROM NEW.revision)
    EXECUTE FUNCTION tell_desired_setting();
