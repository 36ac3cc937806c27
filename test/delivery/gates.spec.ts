import { describe, expect, it } from '@jest/globals';
import { openGate } from '../../src/delivery/gate.js';
import { Gates } from '../../src/delivery/gates.js';
import type { NewAuditEntry } from '../../src/outbox/audit-store.js';
import { type GateRecord, GateStore } from '../../src/outbox/gate-store.js';
import { StorageError } from '../../src/outbox/storage.error.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

/** Gates as a database holds them; other processes write by `put`. */
class SharedStore extends GateStore {
  readonly gates = new Map<string, GateRecord>();
  readonly audit: NewAuditEntry[] = [];
  readings = 0;
  saves = 0;

  override async list(): Promise<readonly GateRecord[]> {
    this.readings += 1;
    return [...this.gates.values()];
  }

  override async save(gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean> {
    this.saves += 1;
    this.gates.set(gate.name, gate);
    if (audit !== null) this.audit.push(audit);
    return true;
  }

  put(name: string, facts: Partial<GateRecord>): void {
    const before = this.gates.get(name) ?? openGate(name);
    this.gates.set(name, { ...before, ...facts, revision: before.revision + 1 });
  }
}

function world() {
  const clock = new ManualClock(1_000_000);
  const store = new SharedStore();
  return { clock, store, gates: new Gates(store, clock, new ManualTimers(clock)), now: clock.now() };
}

const FORBIDDEN = { cause: 'forbidden', detail: 'no', retryAfterMs: null } as const;
const throttled = (retryAfterMs: number) => ({ cause: 'throttled', detail: null, retryAfterMs }) as const;
const ADA = { by: 'ada', reason: 'maintenance' };

describe('gates', () => {
  it('are open until something closes them, and only what changed is listed, by name', async () => {
    const { gates, now } = world();
    expect([gates.list(), gates.find('b'), gates.findStored('b')]).toEqual([[], openGate('b'), openGate('b')]);
    expect(gates.passage('b', now)).toEqual({ kind: 'open' });
    for (const name of ['b', 'c', 'a']) await gates.close(name, FORBIDDEN);
    expect(gates.list().map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(gates.passage('b', now)).toEqual({ kind: 'closed' });
    expect(gates.passage('b', now + 30_000)).toEqual({ kind: 'probing', since: now + 30_000 });
  });

  it('are closed here before they are stored', async () => {
    const { gates, store } = world();
    const saved = gates.close('a', FORBIDDEN);
    expect([gates.find('a').cause, gates.findStored('a').cause]).toEqual(['forbidden', null]);
    await saved;
    expect(gates.findStored('a')).toEqual(store.gates.get('a'));
  });

  it('tell every listener what changed, and from what', async () => {
    const { gates, now } = world();
    const told: unknown[] = [];
    gates.onChange(({ cause }, before) => told.push(['first', cause, before.cause]));
    gates.onChange(({ cause }, before) => told.push(['second', cause, before.cause]));
    await gates.close('a', FORBIDDEN);
    await gates.pass(['a', 'unknown'], now + 30_000);
    expect(told).toEqual([
      ['first', 'forbidden', null],
      ['second', 'forbidden', null],
      ['first', null, 'forbidden'],
      ['second', null, 'forbidden'],
    ]);
    expect(gates.list()).toHaveLength(1);
  });

  it('reopen next at the earliest end of a closing that is neither over nor paused', async () => {
    const { gates, now } = world();
    expect(gates.nextReopeningAt(now)).toBeNull();
    await gates.close('later', throttled(9_000));
    await gates.close('sooner', throttled(5_000));
    await gates.close('latest', throttled(20_000));
    await gates.close('paused', throttled(1_000));
    await gates.pause('paused', ADA);
    expect([0, 4_999, 5_000, 9_000, 20_000].map((ms) => gates.nextReopeningAt(now + ms))).toEqual([
      now + 5_000,
      now + 5_000,
      now + 9_000,
      now + 20_000,
      null,
    ]);
  });
});

describe('the view of the gates', () => {
  it('is fresh for less than a second after a reading began, and not before the first or with the clock put back', async () => {
    const { gates, now } = world();
    expect(gates.isFresh(now)).toBe(false);
    await gates.refresh(0);
    expect([now - 1, now, now + 999, now + 1_000].map((at) => gates.isFresh(at))).toEqual([false, true, true, false]);
  });

  it('is read again at the age that is asked for, and at any once it is known to be outdated', async () => {
    const { gates, clock, store, now } = world();
    expect(await gates.refresh(500)).toBe(true);
    clock.set(now + 499);
    expect(await gates.refresh(500)).toBe(false);
    clock.set(now + 500);
    expect(await gates.refresh(500)).toBe(true);
    gates.outdate();
    expect([await gates.refresh(500), await gates.refresh(500)]).toEqual([true, false]);
    expect(store.readings).toBe(3);
  });

  it('takes over what another process stored', async () => {
    const { gates, store, now } = world();
    store.put('a', { cause: 'throttled', closedUntil: now + 5_000, closings: 1 });
    await gates.refresh(0);
    expect(gates.passage('a', now)).toEqual({ kind: 'closed' });
    expect(gates.findStored('a')).toEqual(store.gates.get('a'));
  });
});

describe('a change that another process forestalled', () => {
  it('is made to what that one stored of the same gate', async () => {
    const { gates, store, now } = world();
    const save = store.save.bind(store);
    let tries = 0;
    store.save = async (gate, audit) => {
      tries += 1;
      if (tries > 1) return save(gate, audit);
      store.put('other', { detail: 'of another gate' });
      store.put('a', { pause: { ...ADA, since: now } });
      return false;
    };
    await gates.close('a', FORBIDDEN);
    expect(store.gates.get('a')).toMatchObject({ name: 'a', cause: 'forbidden', pause: ADA, revision: 2 });
    expect(store.gates.get('other')).toMatchObject({ detail: 'of another gate', revision: 1 });
  });
});

describe('the turn to probe', () => {
  it('is stored for the process that has it', async () => {
    const { gates, clock, store, now } = world();
    await gates.close('a', throttled(5_000));
    clock.set(now + 5_000);
    await gates.takeTurn('a', { owner: 'me', until: now + 9_000 });
    expect(store.gates.get('a')?.probe).toEqual({ owner: 'me', until: now + 9_000 });
  });

  it('comes at once where a closing is ended before its time, and of a gate nobody knows nothing is made', async () => {
    const { gates, store, now } = world();
    await gates.close('a', FORBIDDEN);
    await gates.reprobe('a');
    await gates.reprobe('unknown');
    expect(gates.passage('a', now)).toEqual({ kind: 'probing', since: now });
    expect(store.audit).toEqual([]);
    expect(gates.list().map(({ name }) => name)).toEqual(['a']);
  });
});

describe('an operator', () => {
  it('pauses and resumes any gate, on the record', async () => {
    const { gates, store, now } = world();
    expect((await gates.pause('a', ADA)).pause).toEqual({ ...ADA, since: now });
    expect(gates.passage('a', now)).toEqual({ kind: 'closed' });
    expect((await gates.resume('a', { by: 'bob', reason: null })).pause).toBeNull();
    expect(gates.passage('a', now)).toEqual({ kind: 'open' });
    expect(store.audit).toEqual([
      { by: 'ada', action: 'gate.pause', subject: 'a', detail: 'maintenance' },
      { by: 'bob', action: 'gate.resume', subject: 'a', detail: 'was paused by ada: maintenance' },
    ]);
  });

  it('has a closed gate probe now, on the record', async () => {
    const { gates, store, now } = world();
    await gates.close('a', FORBIDDEN);
    expect((await gates.probeNow('a', ADA)).closedUntil).toBe(now);
    expect(store.audit).toEqual([{ by: 'ada', action: 'gate.probe', subject: 'a', detail: 'maintenance' }]);
  });

  it('has no throttled and no paused gate probe, and leaves no trace of it', async () => {
    const { gates, store, now } = world();
    await gates.close('throttled', throttled(60_000));
    await gates.close('paused', FORBIDDEN);
    await gates.pause('paused', ADA);
    expect((await gates.probeNow('throttled', ADA)).closedUntil).toBe(now + 60_000);
    expect((await gates.probeNow('paused', ADA)).closedUntil).toBe(now + 30_000);
    expect(store.audit.map(({ action }) => action)).toEqual(['gate.pause']);
  });

  it('leaves no trace by what changes nothing', async () => {
    const { gates, store } = world();
    await gates.resume('a', ADA);
    await gates.probeNow('a', ADA);
    expect([gates.list(), store.saves, store.audit]).toEqual([[], 0, []]);
  });

  it('judges by what the database has, not by a view that is half a second old', async () => {
    const { gates, store, now } = world();
    await gates.refresh(0);
    store.put('a', { pause: { by: 'bob', reason: 'audit', since: now } });
    expect((await gates.resume('a', ADA)).pause).toBeNull();
    expect(store.gates.get('a')).toMatchObject({ pause: null, revision: 2 });
  });
});

describe('a store that rolls every write back', () => {
  it('is left alone once the gates are stopped', async () => {
    const clock = new ManualClock();
    const timers = new ManualTimers(clock);
    const store = new SharedStore();
    let tries = 0;
    store.save = async () => {
      tries += 1;
      throw new StorageError('storage-not-stored', 'full');
    };
    const gates = new Gates(store, clock, timers);
    const saved = gates.close('a', FORBIDDEN);
    const outcome = saved.then(
      () => 'saved',
      () => 'given up',
    );
    await timers.advance(2_000);
    const before = tries;
    expect(before).toBeGreaterThan(1);
    gates.stop();
    await timers.advance(10_000);
    expect(tries).toBeLessThanOrEqual(before + 1);
    expect(await outcome).toBe('given up');
  });
});
