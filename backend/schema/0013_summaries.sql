-- What is left of readings when the raw ones have gone: an hour for two years, a day for ever, unless set otherwise.
-- Distances, not fills: what they mean is looked up by time, as with raw readings. Our own job writes them at every
-- storage level (docs/decisions/0006), from `device_journal.summarise_from_at` on.
CREATE TABLE reading_hour (
    device_id integer NOT NULL,
    hour_at timestamptz NOT NULL,
    reading_count smallint NOT NULL,
    echo_count smallint NOT NULL,                -- readings with an echo; 0: the distances are null
    distance_mm smallint,                        -- mean of those with an echo
    nearest_mm smallint,
    farthest_mm smallint,
    last_mm smallint,
    battery_mv smallint,                         -- lowest
    temperature_dc smallint,                     -- highest
    flags smallint NOT NULL,                     -- of any
    -- One bin's year is read from the index alone.
    PRIMARY KEY (device_id, hour_at) INCLUDE (distance_mm)
);
CREATE TABLE reading_day (
    device_id integer NOT NULL,
    day_at timestamptz NOT NULL,                 -- midnight UTC
    reading_count integer NOT NULL,
    echo_count integer NOT NULL,
    distance_mm smallint,
    nearest_mm smallint,
    farthest_mm smallint,
    last_mm smallint,
    battery_mv smallint,
    temperature_dc smallint,
    flags smallint NOT NULL,
    PRIMARY KEY (device_id, day_at)
);

-- The storage level is a fact of the database: what `reading` is, and what the server's licence lets us do with it.
CREATE FUNCTION storage_level() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN (SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass) = 'p' THEN 'plain'
        WHEN current_setting('timescaledb.license', true) = 'timescale' THEN 'timescale'
        ELSE 'timescale-apache' END
$$;

DO $$
BEGIN
    IF storage_level() <> 'plain' THEN
        PERFORM create_hypertable('reading_hour', by_range('hour_at', interval '90 days'),
                                  create_default_indexes => false);
    END IF;
END $$;

-- Drop the weeks of raw readings that end before a time; return how many partitions or chunks those were.
CREATE FUNCTION drop_reading_partitions(before_at timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    old record;
    dropped integer := 0;
BEGIN
    IF storage_level() <> 'plain' THEN
        SELECT count(*) INTO dropped FROM drop_chunks('reading', older_than => before_at);
        RETURN dropped;
    END IF;
    FOR old IN
        SELECT child.relname, to_date(substring(child.relname FROM '\d{4}w\d{2}$'), 'IYYY"w"IW')::timestamp
                   AT TIME ZONE 'UTC' AS week_at
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'reading'::regclass AND child.relname ~ '^reading_\d{4}w\d{2}$'
    LOOP
        IF old.week_at + interval '7 days' <= before_at THEN
            EXECUTE format('DROP TABLE %I', old.relname);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    DELETE FROM reading_default WHERE measured_at < before_at;
    RETURN dropped;
END $$;

-- The same for hours; return how many chunks or rows those were.
CREATE FUNCTION drop_reading_hours(before_at timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    dropped integer;
BEGIN
    IF storage_level() <> 'plain' THEN
        SELECT count(*) INTO dropped FROM drop_chunks('reading_hour', older_than => before_at);
    ELSE
        DELETE FROM reading_hour WHERE hour_at < before_at;
        GET DIAGNOSTICS dropped = ROW_COUNT;
    END IF;
    RETURN dropped;
END $$;
