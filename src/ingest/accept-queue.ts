import type { NewEvent } from '../outbox/event-record.js';

/** Half a second's work at full speed, two seconds' on a disk that carries 5,000 events a second. */
const MAX_EVENTS = 10_000;
/** Characters of content; keeps memory bounded where events are large. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** What this process has handed to the store and waits for: bounded, so that whoever is let in is answered soon. */
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

  /** Does what the store is asked to do with events, counting them as long as it takes. */
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
