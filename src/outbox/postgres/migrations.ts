import { GATEWAY } from './migrations/0001-gateway.js';

/** Every migration there is, in order; the schema's version is how many of them ran. Only ever appended to. */
export const MIGRATIONS: readonly string[] = [GATEWAY];
