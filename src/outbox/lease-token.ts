import { randomUUID } from 'node:crypto';

/** What a lease token says about itself. */
interface LeaseToken {
  readonly sequence: number;
  readonly replays: number;
}

/**
 * A token for a new lease: never used before, not to be guessed. It names its event and how often that had been replayed,
 * so that a 2xx that arrives after the lease is gone can still be told to belong to the event since its last replay,
 * without keeping every token there ever was.
 */
export function newLeaseToken({ sequence, replays }: LeaseToken): string {
  return `${sequence}.${replays}.${randomUUID()}`;
}

/** Whether the token was given out for this event since its last replay; its lease may long be gone. */
export function belongsTo(token: string, { sequence, replays }: LeaseToken): boolean {
  return TOKEN.test(token) && token.startsWith(`${sequence}.${replays}.`);
}

const TOKEN = /^\d+\.\d+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
