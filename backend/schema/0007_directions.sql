-- What a driver does on the way, without words, so that each driver reads it in his own language:
-- [{kind, bend, street, distance_m, lat_deg, lon_deg, exit_number}, …] from departure to arrival; null where no street was
-- looked at. Of a stop, the leg that leads to it; of a run, the last one, home to its depot.
ALTER TABLE stop ADD COLUMN directions jsonb;
ALTER TABLE run ADD COLUMN home_directions jsonb;
