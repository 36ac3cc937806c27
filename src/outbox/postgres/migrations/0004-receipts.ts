/**
 * What Dataverse tells of the events it raised, a row for each operation of a step. `receipt.replays` says how often the
 * event had been replayed when it came: only what came since the last replay is compared with each other.
 *
 * `event.confirm_by`: until when a receipt is awaited; `event.overdue`: it did not come in time. Their indexes cover what
 * is awaited and what is overdue, nothing else: where receipts never were expected they are empty.
 */
export const RECEIPTS = `
CREATE TABLE receipt (
  event_sequence bigint NOT NULL REFERENCES event (sequence) ON DELETE CASCADE,
  step text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL CHECK (channel IN ('webhook', 'service-bus')),
  operation_at bigint,
  received_at bigint NOT NULL,
  request_id text COLLATE "C",
  correlation_id text COLLATE "C",
  stripped smallint NOT NULL CHECK (stripped IN (0, 1)),
  replays integer NOT NULL,
  result text COLLATE "C" NOT NULL CHECK (result IN ('confirmed', 'accompanying', 'duplicate', 'outdated')),
  PRIMARY KEY (event_sequence, step, operation)
);

ALTER TABLE event ADD COLUMN confirm_by bigint, ADD COLUMN overdue smallint NOT NULL DEFAULT 0,
  ADD CHECK (confirm_by IS NULL OR (status = 'delivered' AND confirmed_at IS NULL)),
  ADD CHECK (overdue = 0 OR (overdue = 1 AND status = 'delivered' AND confirmed_at IS NULL AND confirm_by IS NULL));
CREATE INDEX event_awaited ON event (confirm_by, sequence) WHERE confirm_by IS NOT NULL;
CREATE INDEX event_overdue ON event (sequence) WHERE overdue = 1;
`;
