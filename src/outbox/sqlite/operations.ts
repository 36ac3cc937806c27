import { append } from './operations/append.js';
import { claim } from './operations/claim.js';
import { createClient } from './operations/create-client.js';
import { find } from './operations/find.js';
import { findKey } from './operations/find-key.js';
import { findLostLeases } from './operations/find-lost-leases.js';
import { listAttempts } from './operations/list-attempts.js';
import { listClients } from './operations/list-clients.js';
import { listGates } from './operations/list-gates.js';
import { measure } from './operations/measure.js';
import { renewLeases } from './operations/renew-leases.js';
import { revokeKeys } from './operations/revoke-keys.js';
import { rotateKey } from './operations/rotate-key.js';
import { saveGate } from './operations/save-gate.js';
import { settle } from './operations/settle.js';

/** Operations that change rows: they share transactions. */
export const WRITES = { append, claim, createClient, renewLeases, revokeKeys, rotateKey, saveGate, settle };

/** Operations that only read: they never wait for, nor take, the right to write. */
export const READS = { find, findKey, findLostLeases, listAttempts, listClients, listGates, measure };

/** Everything the writer thread can be asked for, with what it takes and gives. */
export type Operations = typeof WRITES & typeof READS;
