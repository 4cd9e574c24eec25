-- Messages that did not come through a broker: by HTTP, or rejected before and to be tried again. A gateway takes those of
-- its partitions and stores them in the same transaction in which it writes what became of them.
CREATE TABLE inbox_message (
    inbox_message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partition smallint NOT NULL CHECK (partition BETWEEN 0 AND 63),   -- crc32(device) mod 64; 0 if no device is named
    topic text NOT NULL,
    payload bytea NOT NULL,
    received_at timestamptz NOT NULL,
    tries smallint NOT NULL DEFAULT 1 CHECK (tries > 0),   -- above 1: a rejected message, tried again
    outcome jsonb                                -- what a gateway made of it: stored, known, rejected, epoch, next_seq
);
CREATE INDEX inbox_message_waiting ON inbox_message (inbox_message_id, partition) WHERE outcome IS NULL;
CREATE INDEX inbox_message_done ON inbox_message (received_at) WHERE outcome IS NOT NULL;

ALTER TABLE rejected_message ADD tries smallint NOT NULL DEFAULT 1 CHECK (tries > 0);   -- how often it was refused
CREATE INDEX rejected_message_received ON rejected_message (received_at);
