import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Gates } from '../../src/delivery/gates.js';
import { OrphanedTypes } from '../../src/delivery/orphaned-types.js';
import type { EventStatus } from '../../src/outbox/event-record.js';
import type { OutboxGauges } from '../../src/outbox/outbox.js';
import { openInThread } from '../outbox/support/in-thread-store.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { catalogOf } from './support/definitions.js';

describe('an event type without a definition here', () => {
  let gauges: OutboxGauges;
  let gates: Gates;
  let types: OrphanedTypes;
  let close: () => Promise<void>;
  beforeEach(() => {
    const clock = new ManualClock();
    const store = openInThread(clock, 'owner');
    close = store.close;
    gates = new Gates(store.gates, clock, new ManualTimers(clock));
    const catalog = catalogOf({ type: 'Refund', orderingKey: null, whenDead: 'continue' });
    types = new OrphanedTypes({ measure: async () => gauges }, gates, catalog, clock);
  });

  afterEach(() => close());

  async function look(counts: Partial<Record<EventStatus, number>>, removed = 0) {
    gauges = {
      counts: Object.entries(counts).map(([status, count]) => ({ type: 'Sale', status: status as EventStatus, count })),
      oldestPendingAt: null,
      blocking: [],
      overdue: [],
      removed: [{ type: 'Sale', count: removed }],
    };
    await types.check();
    return gates.find('type:Sale').cause;
  }

  it('is closed at the second look, when nothing has moved since the first', async () => {
    expect(await look({ pending: 3, delivered: 7 })).toBeNull();
    expect(await look({ pending: 4, delivered: 7 })).toBe('misconfigured');
  });

  it('is left open while another process has an event of it under way', async () => {
    for (let turn = 0; turn < 3; turn += 1) expect(await look({ pending: 3, delivering: 1 })).toBeNull();
  });

  it('is left open while another process delivers it, though retention removes as many', async () => {
    expect(await look({ pending: 3, delivered: 5 }, 0)).toBeNull();
    expect(await look({ pending: 3, delivered: 6 }, 0)).toBeNull();
    expect(await look({ pending: 3, delivered: 6 }, 1)).toBeNull();
    expect(await look({ pending: 3, delivered: 6 }, 1)).toBe('misconfigured');
  });

  it('is no matter as long as nothing of it waits', async () => {
    for (let turn = 0; turn < 2; turn += 1) expect(await look({ delivered: 5, dead: 2, pending: 0 })).toBeNull();
  });
});
