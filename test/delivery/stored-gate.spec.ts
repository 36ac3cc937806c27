import { describe, expect, it } from '@jest/globals';
import { closeGate, openGate, pauseGate, resumeGate } from '../../src/delivery/gate.js';
import { StoredGate } from '../../src/delivery/stored-gate.js';
import type { NewAuditEntry } from '../../src/outbox/audit-store.js';
import { type GateRecord, GateStore } from '../../src/outbox/gate-store.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const PAUSE = { by: 'operator', reason: 'maintenance', since: 5 };
const close = (gate: GateRecord) => closeGate(gate, { cause: 'forbidden', detail: null, retryAfterMs: null }, 1_000);

/** A store that answers a save when it is told to. */
class SlowStore extends GateStore {
  gate: GateRecord | null = null;
  readonly saves: GateRecord[] = [];
  /** The lines that were stored with a change. */
  readonly audit: NewAuditEntry[] = [];
  /** Stores, and says it did not: the answer to a repeated save whose first answer was lost. */
  losesAnswers = false;
  private readonly waiting: (() => void)[] = [];

  override async list(): Promise<readonly GateRecord[]> {
    return this.gate === null ? [] : [this.gate];
  }

  override save(gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean> {
    this.saves.push(gate);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.waiting.push(() => {
      const fits = gate.revision === (this.gate?.revision ?? 0) + 1;
      if (fits) this.gate = gate;
      if (fits && audit !== null) this.audit.push(audit);
      resolve(fits && !this.losesAnswers);
    });
    return promise;
  }

  /** Answers so many saves, one after the other. */
  async answer(saves = 1): Promise<void> {
    for (let n = 0; n < saves; n += 1) await this.answerOne();
  }

  private async answerOne(): Promise<void> {
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

  it('is stored although another one was stored before', async () => {
    const { store, gate } = stored();
    for (const change of [close, (record: GateRecord) => pauseGate(record, PAUSE)]) {
      const changed = gate.change(change);
      await store.answer();
      await changed;
    }
    expect(store.gate).toMatchObject({ cause: 'forbidden', pause: PAUSE, revision: 2 });
  });

  it('that adds nothing to one under way waits for that one', async () => {
    const { store, gate } = stored();
    let resolved = false;
    void gate.change(close);
    const same = gate
      .change((record) => record)
      .then(() => {
        resolved = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(resolved).toBe(false);
    await store.answer();
    await same;
    expect(store.saves).toHaveLength(1);
  });

  it('that changes nothing is neither stored nor told', async () => {
    const { store, gate, changes } = stored();
    await gate.change((record) => record);
    expect([store.saves, changes]).toEqual([[], []]);
  });
});

describe('what an operator does to a gate', () => {
  const line = (by: string, action: 'gate.pause' | 'gate.resume' = 'gate.pause') => {
    return { by, action, subject: 'type:Sale', detail: 'maintenance' } as const;
  };
  const pause = (gate: GateRecord) => pauseGate(gate, PAUSE);
  const resume = (gate: GateRecord) => resumeGate(gate, 9);

  it('is stored with its line for the audit, and apart from what delivery changes meanwhile', async () => {
    const { store, gate } = stored();
    const all = [gate.change(close), gate.change(pause, line('ada')), gate.change((g) => ({ ...g, detail: 'third' }))];
    await store.answer(3);
    await Promise.all(all);
    expect(store.saves.map(({ cause, pause: paused }) => [cause, paused?.by])).toEqual([
      ['forbidden', undefined],
      ['forbidden', 'operator'],
      ['forbidden', 'operator'],
    ]);
    expect(store.audit).toEqual([line('ada')]);
    expect(gate.record).toEqual(store.gate);
  });

  it('has a line each where two do something at once', async () => {
    const { store, gate } = stored();
    const all = [gate.change(pause, line('ada')), gate.change(resume, line('bob', 'gate.resume'))];
    await store.answer(2);
    await Promise.all(all);
    expect(store.audit).toEqual([line('ada'), line('bob', 'gate.resume')]);
    expect(store.gate).toMatchObject({ pause: null, revision: 2 });
  });

  it('keeps its line, once, when another process was faster', async () => {
    const { store, gate } = stored();
    const changed = gate.change(pause, line('ada'));
    store.gate = { ...close(openGate('type:Sale')), revision: 1 };
    await store.answer(2);
    await changed;
    expect(store.gate).toMatchObject({ cause: 'forbidden', pause: PAUSE, revision: 2 });
    expect(store.audit).toEqual([line('ada')]);
  });

  it('is neither stored nor audited again when its answer was lost', async () => {
    const { store, gate } = stored();
    store.losesAnswers = true;
    const changed = gate.change(pause, line('ada'));
    await store.answer(2);
    await changed;
    expect(store.saves).toHaveLength(1);
    expect(store.audit).toEqual([line('ada')]);
    expect(gate.record).toEqual(store.gate);
  });

  it('has no line where another had done it before', async () => {
    const { store, gate } = stored();
    gate.refresh({ ...pause(openGate('type:Sale')), revision: 1 });
    const changed = gate.change(resume, line('ada', 'gate.resume'));
    store.gate = { ...openGate('type:Sale'), changedAt: 7, revision: 2 };
    await store.answer();
    await changed;
    expect(store.audit).toEqual([]);
    expect(gate.record).toEqual(store.gate);
  });
});

describe('a reading', () => {
  it('brings what another process stored, and nothing older', () => {
    const { gate, changes } = stored();
    gate.refresh({ ...close(openGate('type:Sale')), revision: 3 });
    gate.refresh({ ...openGate('type:Sale'), revision: 2 });
    gate.refresh({ ...openGate('type:Sale'), revision: 3 });
    expect(gate.record).toMatchObject({ cause: 'forbidden', revision: 3 });
    expect(changes).toHaveLength(1);
  });
});
