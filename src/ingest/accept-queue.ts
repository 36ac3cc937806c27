import type { NewEvent } from '../outbox/event-record.js';

/** Events that half a second stores at full speed, or two seconds on a disk that stores 5,000 events a second. */
const MAX_EVENTS = 10_000;
/** Characters of content; keeps memory bounded where events are large. */
const MAX_LENGTH = 32 * 1024 * 1024;

/**
 * Events that this process has handed to the store and waits for: bounded, so that a request that is let in is answered
 * soon.
 */
export class AcceptQueue {
  private waiting = 0;
  private length = 0;

  /** Events whose storing is under way. */
  get events(): number {
    return this.waiting;
  }

  get isFull(): boolean {
    return this.waiting >= MAX_EVENTS || this.length >= MAX_LENGTH;
  }

  /** Runs a request to the store about events, and counts them while it lasts. */
  async pass<T>(events: readonly NewEvent[], work: () => Promise<T>): Promise<T> {
    const length = events.reduce((sum, { data }) => sum + data.length, 0);
    this.waiting += events.length;
    this.length += length;
    try {
      return await work();
    } finally {
      this.waiting -= events.length;
      this.length -= length;
    }
  }
}
