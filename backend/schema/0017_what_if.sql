-- What was foreseen for each bin when the day was first planned, kept beside the newest forecast so that the forecasts
-- that people relied on can be judged by what came. Slim: four times ahead, and the 90 % band. A day that is planned anew
-- keeps what its first plan foresaw.
CREATE TABLE kept_forecast (
    slot_id integer NOT NULL REFERENCES slot,
    service_day date NOT NULL,
    made_at timestamptz NOT NULL,
    fill_low real[] NOT NULL,                    -- 5 %, at 12, 24, 48 and 72 h after made_at
    fill_middle real[] NOT NULL,                 -- 50 %
    fill_high real[] NOT NULL,                   -- 95 %
    PRIMARY KEY (slot_id, service_day)
);
-- Days come in order: what is past its time is found without an index on every row.
CREATE INDEX kept_forecast_day ON kept_forecast USING brin (service_day);

-- A question to the simulation, and what it answered. Times are the machine's, not the shown clock's: how long a
-- computation may be silent is no matter of a demo's faster days.
CREATE TABLE simulation (
    simulation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id integer NOT NULL REFERENCES organisation,
    asked jsonb NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    step text NOT NULL DEFAULT 'queued',
    fraction double precision NOT NULL DEFAULT 0 CHECK (fraction BETWEEN 0 AND 1),
    told_at timestamptz NOT NULL DEFAULT clock_timestamp(),    -- when it said last how far it is
    ended_at timestamptz CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))),
    result jsonb CHECK ((result IS NOT NULL) = (state = 'done')),
    error text CHECK ((error IS NOT NULL) = (state = 'failed'))
);
CREATE INDEX simulation_asked ON simulation (organisation_id, asked_at);
