import { EVENTS_GATES_CLIENTS } from './migrations/0001-events-gates-clients.js';
import { LONG_LIFE } from './migrations/0002-long-life.js';
import { CLIENT_RATES } from './migrations/0003-client-rates.js';
import { RECEIPTS } from './migrations/0004-receipts.js';
import { GATE_FACTS } from './migrations/0005-gate-facts.js';

/** Every migration there is, in order; the schema's version is how many of them ran. Only ever appended to. */
export const MIGRATIONS: readonly string[] = [EVENTS_GATES_CLIENTS, LONG_LIFE, CLIENT_RATES, RECEIPTS, GATE_FACTS];
