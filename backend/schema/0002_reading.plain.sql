-- Raw readings, for ever. A journal (device, epoch) numbers its records; epoch 0 is for foreign devices without a counter, whose
-- seq is the measuring time in microseconds since 1970, which makes (device, measured_at) their key.
-- The partitions are made ahead by ensure_reading_partitions(); what falls outside them lands in the default one, so
-- that no reading is ever refused for its date.
CREATE TABLE reading (
    device_id integer NOT NULL,
    measured_at timestamptz NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    received_at timestamptz NOT NULL,
    distance_mm smallint,                        -- null: no echo
    battery_mv smallint,
    temperature_c real,
    tilt_deg smallint,
    echo_count smallint,
    flags smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (device_id, measured_at, epoch, seq)
) PARTITION BY RANGE (measured_at);
CREATE TABLE reading_default PARTITION OF reading DEFAULT;

-- Weekly partitions (ISO weeks, UTC) that cover [from_at, to_at). Several gateways may ask for the same week at once: the
-- lock lets one of them make it. A week that already has rows in the default partition stays there.
CREATE FUNCTION ensure_reading_partitions(from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    week_at timestamptz := date_trunc('week', from_at, 'UTC');
    made integer := 0;
    partition_name text;
BEGIN
    WHILE week_at < to_at LOOP
        partition_name := 'reading_' || to_char(week_at AT TIME ZONE 'UTC', 'IYYY"w"IW');
        IF to_regclass(partition_name) IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtext('ensure_reading_partitions'));
            BEGIN
                EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF reading FOR VALUES FROM (%L) TO (%L)',
                               partition_name, week_at, week_at + interval '7 days');
                made := made + 1;
            EXCEPTION WHEN check_violation THEN NULL;
            END;
        END IF;
        week_at := week_at + interval '7 days';
    END LOOP;
    RETURN made;
END $$;

