-- The operator's fixed rounds before planning by fill: what every saving is measured against. A bin was emptied on
-- weekdays (1 is Monday), or every so many days counted from a day.
CREATE TABLE fixed_round (
    slot_id integer PRIMARY KEY REFERENCES slot,
    weekdays smallint[] CHECK (weekdays <@ '{1,2,3,4,5,6,7}' AND cardinality(weekdays) > 0),
    every_days integer CHECK (every_days > 0),
    from_day date,
    set_at timestamptz NOT NULL DEFAULT clock_now(),
    CHECK (num_nonnulls(weekdays, every_days) = 1),
    CHECK ((every_days IS NULL) = (from_day IS NULL))
);

-- CO2e of driving, as data: who published it, for which year. A vehicle's own figure, from its fuel bills, comes first;
-- these stand in until there is one. Diesel gives 2.67 kg CO2e a litre from tank to wheel (EN 16258:2012, annex A); how
-- many litres a kind of vehicle burns is a judgement, and collection with many stops burns more.
CREATE TABLE co2_factor (
    road_profile text PRIMARY KEY,
    co2_g_per_km double precision NOT NULL CHECK (co2_g_per_km >= 0),
    source text NOT NULL,
    year integer NOT NULL
);
INSERT INTO co2_factor (road_profile, co2_g_per_km, source, year) VALUES
    ('truck-26t', 1335, 'EN 16258 diesel, tank to wheel, at 50 l/100 km (assumed)', 2012),
    ('truck-18t', 1068, 'EN 16258 diesel, tank to wheel, at 40 l/100 km (assumed)', 2012),
    ('truck-12t', 801, 'EN 16258 diesel, tank to wheel, at 30 l/100 km (assumed)', 2012),
    ('truck-7.5t', 534, 'EN 16258 diesel, tank to wheel, at 20 l/100 km (assumed)', 2012),
    ('van-3.5t', 267, 'EN 16258 diesel, tank to wheel, at 10 l/100 km (assumed)', 2012);
ALTER TABLE vehicle
    ADD COLUMN co2_g_per_km double precision CHECK (co2_g_per_km >= 0),
    ADD COLUMN co2_source text,
    ADD CHECK ((co2_g_per_km IS NULL) = (co2_source IS NULL));

-- What a month was against the same month on the fixed rounds. A row is never changed: what is reckoned again is a new
-- row that says which it corrects, with the fingerprint of everything that went in.
CREATE TABLE saving (
    saving_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    from_day date NOT NULL,
    to_day date NOT NULL CHECK (to_day >= from_day),      -- inclusive; before the month's end: it is not over
    made_at timestamptz NOT NULL DEFAULT clock_now(),
    corrects_id integer REFERENCES saving,
    version text NOT NULL,
    inputs_sha256 text NOT NULL,
    method text NOT NULL,
    assumptions text[] NOT NULL,
    fixed jsonb NOT NULL,                        -- what the fixed rounds would have been
    driven jsonb NOT NULL,                       -- what was
    days jsonb NOT NULL                          -- both, day by day
);
CREATE INDEX saving_month ON saving (organisation_id, month, saving_id DESC);
-- Somebody wants a month reckoned now; a worker takes it.
CREATE TABLE saving_request (
    organisation_id integer NOT NULL REFERENCES organisation,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    asked_at timestamptz NOT NULL DEFAULT clock_now(),
    ended_at timestamptz,
    trouble text,                                -- why it could not be reckoned
    PRIMARY KEY (organisation_id, month)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER saving_is_append_only BEFORE UPDATE OR DELETE ON saving
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
