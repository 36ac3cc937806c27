import { append } from './operations/append.js';
import { cancel } from './operations/cancel.js';
import { claim } from './operations/claim.js';
import { clearData } from './operations/clear-data.js';
import { confirm } from './operations/confirm.js';
import { countReplayable } from './operations/count-replayable.js';
import { createClient } from './operations/create-client.js';
import { endKeys } from './operations/end-keys.js';
import { erase } from './operations/erase.js';
import { find } from './operations/find.js';
import { findKeys } from './operations/find-keys.js';
import { findLostLeases } from './operations/find-lost-leases.js';
import { isEmpty } from './operations/is-empty.js';
import { limitClient } from './operations/limit-client.js';
import { list } from './operations/list.js';
import { listAttempts } from './operations/list-attempts.js';
import { listAudit } from './operations/list-audit.js';
import { listClients } from './operations/list-clients.js';
import { listGates } from './operations/list-gates.js';
import { listReceipts } from './operations/list-receipts.js';
import { markOverdue } from './operations/mark-overdue.js';
import { measure } from './operations/measure.js';
import { readArchive } from './operations/read-archive.js';
import { recall } from './operations/recall.js';
import { recordDeed } from './operations/record-deed.js';
import { removeEnded } from './operations/remove-ended.js';
import { renewLeases } from './operations/renew-leases.js';
import { replay } from './operations/replay.js';
import { replayStep } from './operations/replay-step.js';
import { saveGate } from './operations/save-gate.js';
import { settle } from './operations/settle.js';
import { summarize } from './operations/summarize.js';
import { whichEnded } from './operations/which-ended.js';
import { writeArchive } from './operations/write-archive.js';

/** Operations that change rows; several can share a transaction. */
export const WRITES = {
  append,
  cancel,
  claim,
  clearData,
  confirm,
  createClient,
  endKeys,
  erase,
  limitClient,
  markOverdue,
  recordDeed,
  removeEnded,
  renewLeases,
  replay,
  replayStep,
  saveGate,
  settle,
  writeArchive,
};

/** Operations that only read: they need no right to write, and never wait for it. */
export const READS = {
  countReplayable,
  find,
  findKeys,
  findLostLeases,
  isEmpty,
  list,
  listAttempts,
  listAudit,
  listClients,
  listGates,
  listReceipts,
  measure,
  readArchive,
  recall,
  summarize,
  whichEnded,
};

/** Everything the writer thread can be asked for, with parameter and result. */
export type Operations = typeof WRITES & typeof READS;
