import { newEventId } from '../../../src/kernel/ids.js';
import type { EventRecord } from '../../../src/outbox/event-record.js';
import type { Outbox } from '../../../src/outbox/outbox.js';
import type { AttemptRecord } from '../../../src/outbox/settlement.js';

/** What a test says about the events it has accepted. */
export interface AcceptedAs {
  readonly type?: string;
  readonly orderingKey?: string | null;
}

/** Puts events into an outbox and looks at what became of them. */
export class StoredEvents {
  constructor(private readonly outbox: Outbox) {}

  /** Stores so many new events; their ids in order. */
  async append(count: number, { type = 'Sale', orderingKey = null }: AcceptedAs): Promise<readonly string[]> {
    const events = Array.from({ length: count }, () => newEvent(type, orderingKey));
    await this.outbox.append(events);
    return events.map(({ id }) => id);
  }

  async find(id: string): Promise<EventRecord> {
    const found = await this.outbox.find(id);
    if (found === null) throw new Error(`no event ${id}`);
    return found;
  }

  timeline(id: string): Promise<readonly AttemptRecord[]> {
    return this.outbox.listAttempts(id);
  }

  /** How many events are in each status. */
  async census(): Promise<Record<string, number>> {
    const { counts } = await this.outbox.measure();
    const census: Record<string, number> = {};
    for (const { status, count } of counts) if (count > 0) census[status] = (census[status] ?? 0) + count;
    return census;
  }
}

function newEvent(type: string, orderingKey: string | null) {
  const id = newEventId();
  const facts = { version: 1, client: 'till', source: 'store-1', fingerprint: 'x', data: '{}', traceparent: null };
  return { id, type, ...facts, keyKind: 'business' as const, key: id, orderingKey };
}
