/**
 * The first schema. Instants are integer milliseconds since 1970 (UTC). Every index but the two unique ones covers only
 * events that are not delivered yet, so that accepting, claiming and settling cost the same with any history.
 *
 * `event.place` is the event's place in the line of its ordering key (client, type, ordering_key): `first`, `behind`
 * another one, or null where it is in no line (no ordering key, or ended without blocking). A dead event that blocks
 * keeps its place. `event_first` allows one `first` per line and a lease needs that place, so that at most one event of
 * an ordering key is in flight, even if the code has a bug.
 */
export const EVENTS_GATES_CLIENTS = `
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- order of acceptance; a number is never used again
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  client TEXT NOT NULL,
  source TEXT NOT NULL,
  key_kind TEXT NOT NULL CHECK (key_kind IN ('header', 'business', 'cloudevents')),
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  ordering_key TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'delivering', 'delivered', 'dead', 'cancelled')),
  reason TEXT,
  place TEXT CHECK (place IN ('first', 'behind')),
  accepted_at INTEGER NOT NULL,
  available_at INTEGER NOT NULL,
  age_starts_at INTEGER NOT NULL,
  delivered_at INTEGER,
  confirmed_at INTEGER,
  replays INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  uncertain INTEGER NOT NULL DEFAULT 0,
  conflicted INTEGER NOT NULL DEFAULT 0,
  lost_leases INTEGER NOT NULL DEFAULT 0,
  gate_closings INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_token TEXT,
  lease_until INTEGER,
  traceparent TEXT,
  data TEXT, -- canonical JSON, null once cleared; last, so that reading the others does not walk through it
  UNIQUE (client, type, key_kind, key),
  CHECK ((status = 'delivering') = (lease_token IS NOT NULL)),
  CHECK ((lease_token IS NULL) = (lease_owner IS NULL) AND (lease_token IS NULL) = (lease_until IS NULL)),
  CHECK ((status = 'delivered') = (delivered_at IS NOT NULL)),
  CHECK (place IS NULL OR ordering_key IS NOT NULL),
  CHECK (place IS NULL OR status IN ('pending', 'delivering', 'dead')),
  CHECK (place IS NOT 'behind' OR status = 'pending')
) STRICT;

CREATE INDEX event_due ON event (type, available_at) WHERE status = 'pending' AND place IS NOT 'behind';
CREATE UNIQUE INDEX event_first ON event (client, type, ordering_key) WHERE place = 'first';
CREATE INDEX event_behind ON event (client, type, ordering_key) WHERE place = 'behind';
CREATE INDEX event_leased ON event (lease_owner) WHERE status = 'delivering';
CREATE INDEX event_undelivered ON event (accepted_at) WHERE status IN ('pending', 'delivering');

CREATE TABLE attempt (
  event_sequence INTEGER NOT NULL REFERENCES event (sequence) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  started_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  application_user TEXT NOT NULL,
  http_status INTEGER,
  error_code TEXT,
  detail TEXT,
  service_request_id TEXT,
  next_attempt_at INTEGER,
  PRIMARY KEY (event_sequence, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally ( -- how many events of a type are in a status, changed in the transactions that change the events
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (type, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE gate (
  name TEXT PRIMARY KEY,
  cause TEXT CHECK (cause IN ('throttled', 'unauthorized', 'forbidden', 'misconfigured', 'unavailable', 'drift')),
  detail TEXT,
  closed_until INTEGER,
  closings INTEGER NOT NULL CHECK (closings >= 0),
  pause_by TEXT,
  pause_reason TEXT,
  pause_since INTEGER,
  changed_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  CHECK ((pause_by IS NULL) = (pause_reason IS NULL) AND (pause_by IS NULL) = (pause_since IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
  name TEXT PRIMARY KEY,
  publish TEXT NOT NULL, -- JSON array of event types
  operator INTEGER NOT NULL CHECK (operator IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
  prefix TEXT PRIMARY KEY,
  client TEXT NOT NULL REFERENCES client (name) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX api_key_client ON api_key (client);
`;
