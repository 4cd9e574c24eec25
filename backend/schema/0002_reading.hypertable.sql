-- The same table as a hypertable, in weekly chunks, where the server has TimescaleDB. The queries do not know the difference.
CREATE EXTENSION IF NOT EXISTS timescaledb;
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
);
SELECT create_hypertable('reading', by_range('measured_at', interval '7 days'), create_default_indexes => false);

-- TimescaleDB makes its chunks by itself.
CREATE FUNCTION ensure_reading_partitions(from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE sql AS 'SELECT 0';
