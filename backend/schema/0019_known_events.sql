-- Days on which more or less comes than usual, as the operator expects: a festival, a strike.
CREATE TABLE known_event (
    organisation_id integer NOT NULL REFERENCES organisation,
    day date NOT NULL,
    factor double precision NOT NULL CHECK (factor > 0),   -- times the usual
    reason text NOT NULL,
    PRIMARY KEY (organisation_id, day)
);
