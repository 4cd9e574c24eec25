-- How far each kind of word about a fill may be off, as a standard deviation of the fill: a driver taps quarters from a
-- metre away, a citizen says "full" or "room" from behind a lid, a schedule only guesses. Judgements, to be corrected.
CREATE TABLE observation_source (
    source text PRIMARY KEY,
    fill_deviation double precision NOT NULL CHECK (fill_deviation > 0)
);
INSERT INTO observation_source (source, fill_deviation) VALUES
    ('driver', 0.10), ('import', 0.10), ('citizen', 0.25), ('schedule', 0.30);

ALTER TABLE observation
    ADD COLUMN fill_deviation double precision CHECK (fill_deviation > 0),   -- null: as its source's
    ADD COLUMN event_id uuid UNIQUE,             -- drawn by who reports, so that a report sent twice counts once
    DROP CONSTRAINT observation_source_check,
    ADD FOREIGN KEY (source) REFERENCES observation_source;

-- A container with an access control counts the deposits it let in. It reports what came since its report before.
CREATE TABLE deposit_report (
    slot_id integer NOT NULL REFERENCES slot,
    reported_at timestamptz NOT NULL,
    deposits integer NOT NULL CHECK (deposits >= 0),
    recorded_at timestamptz NOT NULL DEFAULT clock_now(),
    PRIMARY KEY (slot_id, reported_at)
);

-- Bins of one type fill alike: one that says nothing yet learns from them first.
ALTER TABLE container ADD COLUMN container_type text NOT NULL DEFAULT '';

-- What an operator has promised or must keep, for a stream or for one bin; the bin's own rule counts in place of its
-- stream's. 'hygiene': emptied every so many days at the latest, whatever its fill. 'contract': the same, or on weekdays
-- (1 is Monday). 'overflow': an overflow there costs so many times what it costs elsewhere.
CREATE TABLE collection_rule (
    organisation_id integer NOT NULL REFERENCES organisation,
    kind text NOT NULL CHECK (kind IN ('hygiene', 'contract', 'overflow')),
    stream text REFERENCES stream,
    slot_id integer REFERENCES slot,
    every_days integer CHECK (every_days > 0),
    weekdays smallint[] CHECK (weekdays <@ '{1,2,3,4,5,6,7}' AND cardinality(weekdays) > 0),
    factor double precision CHECK (factor > 0),
    set_at timestamptz NOT NULL DEFAULT clock_now(),
    CHECK (num_nonnulls(stream, slot_id) = 1),
    CHECK (num_nonnulls(every_days, weekdays, factor) = 1),
    CHECK ((kind = 'overflow') = (factor IS NOT NULL)),
    CHECK (kind = 'contract' OR weekdays IS NULL),
    UNIQUE NULLS NOT DISTINCT (organisation_id, kind, stream, slot_id)
);

CREATE VIEW collection_rule_in_force AS
SELECT DISTINCT ON (slot.slot_id, rule.kind)
       slot.slot_id, rule.kind, rule.every_days, rule.weekdays, rule.factor
FROM slot
JOIN site USING (site_id)
JOIN collection_rule AS rule ON rule.organisation_id = site.organisation_id
    AND (rule.slot_id = slot.slot_id OR rule.stream = slot.stream)
ORDER BY slot.slot_id, rule.kind, rule.slot_id NULLS LAST;

-- The days on which vehicles drive. What is left today can be emptied on the next of them at the earliest.
ALTER TABLE organisation
    ADD COLUMN service_weekdays smallint[] NOT NULL DEFAULT '{1,2,3,4,5,6,7}'
        CHECK (service_weekdays <@ '{1,2,3,4,5,6,7}' AND cardinality(service_weekdays) > 0),
    ADD COLUMN neighbour_m integer NOT NULL DEFAULT 150 CHECK (neighbour_m >= 0),   -- who carries his bag how far
    -- The share of bins that shall have room until the next chance to empty them; null: the weight of an overflow counts.
    ADD COLUMN service_level double precision CHECK (service_level > 0 AND service_level < 1);
CREATE TABLE day_off (
    organisation_id integer NOT NULL REFERENCES organisation,
    day date NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (organisation_id, day)
);

-- What else counted for or against a bin, in words.
ALTER TABLE decision ADD COLUMN counted text[] NOT NULL DEFAULT '{}';
