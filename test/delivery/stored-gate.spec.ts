import { describe, expect, it } from '@jest/globals';
import { closeGate, openGate, pauseGate } from '../../src/delivery/gate.js';
import { StoredGate } from '../../src/delivery/stored-gate.js';
import { type GateRecord, GateStore } from '../../src/outbox/gate-store.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const PAUSE = { by: 'operator', reason: 'maintenance', since: 5 };
const close = (gate: GateRecord) => closeGate(gate, { cause: 'forbidden', detail: null, retryAfterMs: null }, 1_000);

/** A store that answers a save when it is told to. */
class SlowStore extends GateStore {
  gate: GateRecord | null = null;
  readonly saves: GateRecord[] = [];
  private readonly waiting: (() => void)[] = [];

  override async list(): Promise<readonly GateRecord[]> {
    return this.gate === null ? [] : [this.gate];
  }

  override save(gate: GateRecord): Promise<boolean> {
    this.saves.push(gate);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.waiting.push(() => {
      const fits = gate.revision === (this.gate?.revision ?? 0) + 1;
      if (fits) this.gate = gate;
      resolve(fits);
    });
    return promise;
  }

  async answer(): Promise<void> {
    this.waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function stored() {
  const store = new SlowStore();
  const changes: GateRecord[] = [];
  const timers = new ManualTimers(new ManualClock());
  const onChange = (gate: GateRecord) => changes.push(gate);
  const gate = new StoredGate('type:Sale', { store, timers, onChange, signal: new AbortController().signal });
  return { store, gate, changes };
}

describe('a change of a gate', () => {
  it('is in force before it is stored', () => {
    const { gate, changes } = stored();
    void gate.change(close);
    expect(gate.record.cause).toBe('forbidden');
    expect(changes).toHaveLength(1);
  });

  it('shares a write with others that come while one is under way', async () => {
    const { store, gate } = stored();
    const first = gate.change(close);
    const second = gate.change((record) => pauseGate(record, PAUSE));
    const third = gate.change((record) => ({ ...record, detail: 'third' }));
    await store.answer();
    await store.answer();
    await Promise.all([first, second, third]);
    expect(store.saves.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(store.gate).toMatchObject({ cause: 'forbidden', pause: PAUSE, detail: 'third', revision: 2 });
    expect(gate.record).toEqual(store.gate);
  });

  it('is applied to what another process stored first', async () => {
    const { store, gate } = stored();
    const changed = gate.change(close);
    store.gate = { ...pauseGate(openGate('type:Sale'), PAUSE), revision: 1 };
    await store.answer();
    await store.answer();
    await changed;
    expect(store.gate).toMatchObject({ cause: 'forbidden', pause: PAUSE, revision: 2 });
    expect(gate.record).toEqual(store.gate);
  });

  it('is not undone by a reading that came while it was being stored', async () => {
    const { store, gate } = stored();
    const changed = gate.change(close);
    store.gate = { ...pauseGate(openGate('type:Sale'), PAUSE), revision: 1 };
    gate.refresh(store.gate);
    expect(gate.record.cause).toBe('forbidden');
    await store.answer();
    await store.answer();
    await changed;
    expect(store.gate).toMatchObject({ cause: 'forbidden', pause: PAUSE });
  });

  it('that changes nothing is neither stored nor told', async () => {
    const { store, gate, changes } = stored();
    await gate.change((record) => record);
    expect([store.saves, changes]).toEqual([[], []]);
  });
});

describe('a reading', () => {
  it('brings what another process stored, and nothing older', () => {
    const { gate, changes } = stored();
    gate.refresh({ ...close(openGate('type:Sale')), revision: 3 });
    gate.refresh({ ...openGate('type:Sale'), revision: 2 });
    expect(gate.record).toMatchObject({ cause: 'forbidden', revision: 3 });
    expect(changes).toHaveLength(1);
  });
});
