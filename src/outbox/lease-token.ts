import { randomUUID } from 'node:crypto';

/** What a lease token says about itself. */
interface LeaseToken {
  readonly sequence: number;
  readonly replays: number;
}

/**
 * Makes a token for a new lease: unique, and impossible to guess. It names its event and how often that had been
 * replayed, so that a 2xx that arrives after the lease is gone can still be matched to the event since its last replay,
 * without keeping every token that was ever made.
 */
export function newLeaseToken({ sequence, replays }: LeaseToken): string {
  return `${sequence}.${replays}.${randomUUID()}`;
}

/** Whether the token was made for this event since its last replay; its lease may have ended long ago. */
export function belongsTo(token: string, { sequence, replays }: LeaseToken): boolean {
  return TOKEN.test(token) && token.startsWith(`${sequence}.${replays}.`);
}

const TOKEN = /^\d+\.\d+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
