-- What the forecasts of an organisation's bins have learned from the past of all of them: arrays, made anew every week.
-- A row without a model says that there was too little to learn from, so that nobody tries again every minute.
CREATE TABLE learned_forecast (
    organisation_id integer PRIMARY KEY REFERENCES organisation,
    tried_at timestamptz NOT NULL,
    learned_at timestamptz,
    bin_count integer NOT NULL DEFAULT 0,
    example_count integer NOT NULL DEFAULT 0,
    model bytea,
    CHECK ((model IS NULL) = (learned_at IS NULL))
);
