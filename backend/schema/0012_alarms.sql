-- What is wrong with a bin now, who is told, and how.

CREATE TYPE severity AS ENUM ('minor', 'major', 'critical');

-- The kinds of alarm, and the limits that hold where nobody set others. `repeat_every_s`: how often an alarm is told again
-- while it is open and nobody has acknowledged it; 0: once is enough.
CREATE TABLE alarm_kind (
    kind text PRIMARY KEY,
    severity severity NOT NULL,
    repeat_every_s integer NOT NULL CHECK (repeat_every_s >= 0),
    limits jsonb NOT NULL
);
INSERT INTO alarm_kind (kind, severity, repeat_every_s, limits) VALUES
    ('fire', 'critical', 900, '{"hot_c": 60, "cool_c": 50, "rise_c": 10, "rise_s": 900, "cool_s": 3600}'),
    ('overflow', 'major', 0, '{"raise_fill": 0.95, "clear_fill": 0.85, "records": 2}'),
    ('tilt', 'major', 0, '{"raise_deg": 20, "clear_deg": 15, "records": 2}'),
    ('battery', 'minor', 0, '{"raise_days": 30, "clear_days": 45, "empty_mv": 3000, "records": 2}'),
    ('silent', 'minor', 0, '{"intervals": 3, "grace_s": 600}'),
    ('not_trusted', 'minor', 0, '{}'),
    ('gateway', 'critical', 3600, '{"away_s": 600}');

-- What an organisation wants otherwise, for all its bins or for those of one stream. Null: as it is without this row.
CREATE TABLE alarm_rule (
    organisation_id integer NOT NULL REFERENCES organisation,
    kind text NOT NULL REFERENCES alarm_kind,
    stream text REFERENCES stream,
    is_on boolean,
    severity severity,
    repeat_every_s integer CHECK (repeat_every_s >= 0),
    limits jsonb NOT NULL DEFAULT '{}',
    UNIQUE NULLS NOT DISTINCT (organisation_id, kind, stream)
);

CREATE VIEW alarm_rule_in_force AS
SELECT organisation.organisation_id, scope.stream, kind.kind,
       coalesce(own.is_on, every.is_on, true) AS is_on,
       coalesce(own.severity, every.severity, kind.severity) AS severity,
       coalesce(own.repeat_every_s, every.repeat_every_s, kind.repeat_every_s) AS repeat_every_s,
       kind.limits || coalesce(every.limits, '{}') || coalesce(own.limits, '{}') AS limits
FROM organisation
CROSS JOIN (SELECT stream FROM stream UNION ALL SELECT NULL) AS scope      -- null: what belongs to no bin
CROSS JOIN alarm_kind AS kind
LEFT JOIN alarm_rule AS every
    ON every.organisation_id = organisation.organisation_id AND every.kind = kind.kind AND every.stream IS NULL
LEFT JOIN alarm_rule AS own
    ON own.organisation_id = organisation.organisation_id AND own.kind = kind.kind AND own.stream = scope.stream;

-- The voltage at which a kind of device stops, where it is not the rule's; battery days are counted down to it.
CREATE TABLE battery_kind (
    kind text PRIMARY KEY,                       -- device.kind
    empty_mv integer NOT NULL CHECK (empty_mv > 0)
);

-- How long a battery lasts by its readings of the last weeks. A row of its own, for it is looked at once a day.
CREATE TABLE battery_outlook (
    device_id integer PRIMARY KEY REFERENCES device,
    days_left real,                              -- null: not known
    judged_at timestamptz NOT NULL
);

-- One open alarm of a kind for each bin, however many workers look.
CREATE TABLE alarm (
    alarm_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    slot_id integer REFERENCES slot,             -- null: it is not a bin's
    kind text NOT NULL REFERENCES alarm_kind,
    severity severity NOT NULL,
    facts jsonb NOT NULL,                        -- what was seen; words are made from it
    began_at timestamptz NOT NULL,               -- by what was measured, which may have come late
    raised_at timestamptz NOT NULL DEFAULT clock_now(),
    cleared_at timestamptz CHECK (cleared_at >= raised_at),
    acknowledged_at timestamptz,
    acknowledged_by text,
    told_at timestamptz NOT NULL DEFAULT clock_now(),      -- when it was raised or repeated last
    told_count integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX alarm_one_open ON alarm (organisation_id, kind, slot_id) NULLS NOT DISTINCT WHERE cleared_at IS NULL;
CREATE INDEX alarm_raised ON alarm (organisation_id, raised_at);
CREATE INDEX alarm_slot ON alarm (slot_id) WHERE cleared_at IS NULL;

CREATE TABLE alarm_channel (
    channel_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    medium text NOT NULL CHECK (medium IN ('email', 'webhook')),
    address text NOT NULL,                       -- of a mailbox, or an http(s) address
    secret text,                                 -- what a webhook is signed with
    kinds text[] NOT NULL DEFAULT '{}',          -- empty: all
    least_severity severity NOT NULL DEFAULT 'minor',
    added_at timestamptz NOT NULL DEFAULT clock_now(),
    removed_at timestamptz,
    CHECK ((medium = 'webhook') = (secret IS NOT NULL))
);

-- What is to be told: written in the transaction that raises or clears, sent after it. The times here are the machine's, not
-- the shown clock's: a mail server's patience is no matter of a demo's faster days.
CREATE TABLE notification (
    notification_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    channel_id integer NOT NULL REFERENCES alarm_channel,
    alarm_id bigint REFERENCES alarm,            -- null: a test of the channel
    event text NOT NULL CHECK (event IN ('raised', 'repeated', 'cleared', 'test')),
    happened_at timestamptz NOT NULL DEFAULT clock_now(),
    queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    next_try_at timestamptz,                     -- null: delivered or given up
    delivered_at timestamptz,
    last_error text
);
CREATE INDEX notification_due ON notification (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX notification_channel ON notification (channel_id, queued_at);
CREATE INDEX notification_alarm ON notification (alarm_id);

CREATE TABLE delivery (
    notification_id uuid NOT NULL REFERENCES notification,
    tried_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    error text,                                  -- null: it was taken
    PRIMARY KEY (notification_id, tried_at)
);

-- crc32(name) mod 64: by which gateways share the fleet (docs/payload.md).
CREATE FUNCTION partition_of(device text) RETURNS smallint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    crc bigint := 4294967295;
    letters bytea := convert_to(device, 'UTF8');
BEGIN
    FOR each IN 0 .. length(letters) - 1 LOOP
        crc := crc # get_byte(letters, each);
        FOR bit IN 1 .. 8 LOOP
            crc := CASE WHEN crc & 1 = 1 THEN (crc >> 1) # 3988292384 ELSE crc >> 1 END;
        END LOOP;
    END LOOP;
    RETURN (crc # 4294967295) & 63;
END $$;
ALTER TABLE device ADD partition smallint GENERATED ALWAYS AS (partition_of(device)) STORED;

-- Whose device is silent: by the one definition, for map, list and alarm. Time counts only while a gateway of the device's
-- partition was listening, so an outage of ours makes nobody silent. What was served before the last 90 days changes nothing.
CREATE VIEW slot_silence AS
WITH now AS MATERIALIZED (SELECT clock_now() AS at),
share AS (
    SELECT partitions, range_agg(tstzrange(from_at, to_at)) AS times
    FROM gateway_service, now WHERE to_at > now.at - interval '90 days' GROUP BY partitions),
served AS MATERIALIZED (
    SELECT partition, range_agg(times) AS times FROM share, unnest(partitions) AS partition GROUP BY partition),
rule AS MATERIALIZED (
    SELECT organisation_id, stream, (limits ->> 'intervals')::double precision AS intervals,
           (limits ->> 'grace_s')::double precision AS grace_s
    FROM alarm_rule_in_force WHERE kind = 'silent' AND stream IS NOT NULL),
promise AS (
    SELECT device_slot.slot_id, device_slot.device_id, device.report_every_s, now.at,
           -- It counts from when it came to this bin; a device that was never heard too.
           least(greatest(device_slot.from_at, heard.heard_at), now.at) AS heard_at,
           heard.heard_at >= device_slot.from_at AS was_heard,
           rule.intervals * device.report_every_s + rule.grace_s AS patience_s, served.times
    FROM device_slot
    CROSS JOIN now
    JOIN device USING (device_id)
    JOIN slot USING (slot_id)
    JOIN site USING (site_id)
    JOIN rule ON rule.organisation_id = site.organisation_id AND rule.stream = slot.stream
    LEFT JOIN device_latest AS heard USING (device_id)
    LEFT JOIN served ON served.partition = device.partition
    WHERE device_slot.to_at IS NULL)
SELECT slot_id, device_id, heard_at, coalesce(was_heard, false) AS was_heard, report_every_s, patience_s,
       -- Who was heard less than his patience ago cannot be silent; only for others the served time is added up.
       at - heard_at > patience_s * interval '1 s' AND coalesce((
           SELECT sum(extract(epoch FROM upper(each) - lower(each)))
           FROM unnest(times * tstzmultirange(tstzrange(heard_at, at))) AS each), 0) > patience_s AS is_silent
FROM promise;
