CREATE TABLE IF NOT EXISTS sensor_trust (
    device_id integer PRIMARY KEY REFERENCES device,
    state text NOT NULL,
    reasons text[] NOT NULL DEFAULT '{}',
    since timestamptz NOT NULL,
    judged_at timestamptz NOT NULL
);
