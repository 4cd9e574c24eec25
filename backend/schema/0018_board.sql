-- Pages keep the bins that they show: whoever changes one of these tables says which bins are concerned, at most 500 in a
-- notification, which holds 8000 bytes. Readings, taps, alarms, plans and the clock are told by those who write them.
CREATE FUNCTION tell_slots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ullage', json_build_object('kind', 'slots', 'slots', slots)::text)
    FROM (SELECT json_agg(slot_id) AS slots
          FROM (SELECT slot_id, row_number() OVER () / 500 AS part
                FROM (SELECT DISTINCT slot_id FROM changed) AS each) AS numbered
          GROUP BY part) AS parts;
    RETURN NULL;
END $$;

CREATE FUNCTION tell_sites() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ullage', '{"kind": "sites"}');
    RETURN NULL;
END $$;

DO $$
DECLARE
    told text;
BEGIN
    FOREACH told IN ARRAY ARRAY['slot', 'container', 'calibration', 'device_slot', 'emptying'] LOOP
        EXECUTE format('CREATE TRIGGER tell_inserted AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
                        FOR EACH STATEMENT EXECUTE FUNCTION tell_slots()', told);
        EXECUTE format('CREATE TRIGGER tell_updated AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
                        FOR EACH STATEMENT EXECUTE FUNCTION tell_slots()', told);
        EXECUTE format('CREATE TRIGGER tell_deleted AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
                        FOR EACH STATEMENT EXECUTE FUNCTION tell_slots()', told);
    END LOOP;
    FOREACH told IN ARRAY ARRAY['site', 'alarm_rule'] LOOP
        EXECUTE format('CREATE TRIGGER tell_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION tell_sites()', told);
    END LOOP;
END $$;

-- A device that sits nowhere is on nobody's page.
CREATE TRIGGER tell_changed AFTER UPDATE OR DELETE ON device FOR EACH STATEMENT EXECUTE FUNCTION tell_sites();
