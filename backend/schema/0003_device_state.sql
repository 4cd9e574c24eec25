-- The first record of each journal that is not stored. The row lock on it is what makes two gateways safe on one device.
CREATE TABLE device_cursor (
    device_id integer NOT NULL REFERENCES device,
    epoch bigint NOT NULL,
    next_seq bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (device_id, epoch)
);

CREATE TABLE device_latest (
    device_id integer PRIMARY KEY REFERENCES device,
    measured_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    distance_mm smallint,
    battery_mv smallint,
    temperature_c real,
    tilt_deg smallint,
    flags smallint NOT NULL
);

-- Records that a device lost before it could report them: a hole is written down, never silent.
CREATE TABLE reading_gap (
    device_id integer NOT NULL REFERENCES device,
    epoch bigint NOT NULL,
    from_seq bigint NOT NULL,
    to_seq bigint NOT NULL CHECK (to_seq > from_seq),    -- first record that exists again
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (device_id, epoch, from_seq)
);

-- What could not be understood or believed: kept, counted, shown.
CREATE TABLE rejected_message (
    rejected_message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at timestamptz NOT NULL,
    topic text NOT NULL,
    payload bytea NOT NULL,
    reason text NOT NULL
);

-- The calibration of each reading's own time.
CREATE VIEW slot_reading AS
SELECT device_slot.slot_id, reading.device_id, reading.measured_at, reading.distance_mm, reading.battery_mv,
       reading.temperature_c, reading.flags,
       fill_fraction(reading.distance_mm, calibration.empty_mm, calibration.full_mm) AS fill_fraction
FROM reading
JOIN device_slot ON device_slot.device_id = reading.device_id
    AND reading.measured_at >= device_slot.from_at
    AND (device_slot.to_at IS NULL OR reading.measured_at < device_slot.to_at)
LEFT JOIN LATERAL (
    SELECT empty_mm, full_mm FROM calibration
    WHERE calibration.slot_id = device_slot.slot_id AND calibration.valid_from <= reading.measured_at
    ORDER BY calibration.valid_from DESC LIMIT 1) AS calibration ON true;
