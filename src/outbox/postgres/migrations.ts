import { GATEWAY } from './migrations/0001-gateway.js';
import { USERS_OF_REPLICAS } from './migrations/0002-users-of-replicas.js';
import { CLIENT_RATES } from './migrations/0003-client-rates.js';
import { RECEIPTS } from './migrations/0004-receipts.js';
import { GATE_FACTS } from './migrations/0005-gate-facts.js';

/** Every migration there is, in order; the schema's version is how many of them ran. Only ever appended to. */
export const MIGRATIONS: readonly string[] = [GATEWAY, USERS_OF_REPLICAS, CLIENT_RATES, RECEIPTS, GATE_FACTS];
