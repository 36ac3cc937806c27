import { afterEach, describe, expect, it } from '@jest/globals';
import { Fleet, type FleetProcess } from './support/fleet.js';
import type { Scripted, ScriptedOutcome } from './support/scripted-destination.js';

let fleet: Fleet;
afterEach(() => fleet.close());

const DELIVERED: ScriptedOutcome = { kind: 'delivered' };
const MISSING: ScriptedOutcome = { kind: 'misconfigured', scope: 'type' };
const BY = { by: 'operator', reason: 'maintenance' };
const USERS = ['user-a', 'user-b', 'user-c'];

/** Makes `list` of the gates hang for one process: it hears of no change until it is let go. */
class Deafness {
  private ended: Promise<void> = Promise.resolve();
  private resolve = () => {};

  begin(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.resolve = resolve;
  }

  end(): void {
    this.resolve();
  }

  readonly wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name !== 'list' || typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          await this.ended;
          return Reflect.apply(member, target, given) as unknown;
        };
      },
    });
}

const inStatus = async (status: string) => (await fleet.census())[status] ?? 0;

async function threeProcesses(options: { hints?: boolean; latencyMs?: number } = {}): Promise<readonly FleetProcess[]> {
  fleet = new Fleet({ users: USERS, concurrency: 4, hints: options.hints ?? false });
  const after = options.latencyMs ?? 20;
  const answer = (process: FleetProcess) => process.destination.answers({ after, answer: DELIVERED });
  const processes = [await fleet.boot(answer), await fleet.boot(answer), await fleet.boot(answer)];
  // Surplus users are let go one question after the other.
  await fleet.advance(10_000);
  return processes;
}

describe('application users of three processes', () => {
  it('are shared out, one each, and all of them send', async () => {
    const processes = await threeProcesses();
    await fleet.accept(300);
    await fleet.advance(5_000);
    const users = processes.map(({ destination }) => [...new Set(destination.calls.map(({ user }) => user))]);
    expect(users.every((own) => own.length === 1)).toBe(true);
    expect(users.flat().sort()).toEqual(USERS);
    expect(await fleet.census()).toEqual({ delivered: 300 });
  });

  it('are let go at once by a process that stops', async () => {
    const [first, second] = await threeProcesses({ hints: true });
    if (first === undefined || second === undefined) throw new Error('three processes');
    const stoppedAt = fleet.now;
    await fleet.stop(first);
    await fleet.accept(50, { at: second });
    await fleet.advance(2_000);
    const others = fleet.calls.filter(({ at, process }) => at >= stoppedAt && process !== first);
    expect(new Set(others.map(({ user }) => user))).toEqual(new Set(USERS));
  });
});

describe('a pause at one process', () => {
  it.each([
    ['within a second without hints', false, 1_000],
    ['at once with them', true, 0],
  ])('holds at the others %s', async (_, hints, withinMs) => {
    const [first] = await threeProcesses({ hints });
    await fleet.accept(5_000);
    await fleet.advance(1_000);
    await first?.gates.pause('type:Sale', BY);
    const pausedAt = fleet.now;
    await fleet.advance(10_000);
    const latest = Math.max(...fleet.calls.map(({ at }) => at));
    expect(latest).toBeGreaterThanOrEqual(pausedAt - 20);
    expect(latest - pausedAt).toBeLessThanOrEqual(withinMs);
    expect(await inStatus('delivering')).toBe(0);
  });
});

describe('a process that cannot read the gates', () => {
  it('begins nothing from a second on, and goes on when it can', async () => {
    const deafness = new Deafness();
    fleet = new Fleet({ users: ['user-a'], concurrency: 4, through: deafness.wrap });
    await fleet.boot((process) => process.destination.answers({ after: 1_500, answer: DELIVERED }));
    await fleet.accept(100);
    // The calls under way end 1.3 s from now, and what is claimed would follow them.
    await fleet.advance(4_700);
    deafness.begin();
    const deafAt = fleet.now;
    await fleet.advance(4_000);
    expect(Math.max(...fleet.calls.map(({ at }) => at)) - deafAt).toBeLessThanOrEqual(1_000);
    deafness.end();
    await fleet.advance(60_000);
    expect(await fleet.census()).toEqual({ delivered: 100 });
  });
});

describe('the gate of a type that closed', () => {
  /** Three processes behind the closed gate of a type, with events at hand for each; from now on calls end so. */
  async function closed(scripted: Scripted): Promise<readonly FleetProcess[]> {
    const processes = await threeProcesses();
    for (const { destination } of processes) destination.answers(MISSING);
    await fleet.accept(1);
    await fleet.advance(1_000);
    await fleet.accept(30);
    for (const { destination } of processes) destination.answers(scripted);
    return processes;
  }

  it('is probed by one event over all processes, each time another one', async () => {
    await closed({ after: 3_000, answer: MISSING });
    const before = fleet.calls.length;
    await fleet.advance(20 * 60_000);
    const probes = fleet.calls.slice(before);
    expect(probes.length).toBeGreaterThan(3);
    for (const [index, probe] of probes.entries()) {
      const next = probes[index + 1];
      if (next === undefined) continue;
      expect(next.at).toBeGreaterThan(probe.endedAt ?? 0);
      expect(next.id).not.toBe(probe.id);
    }
  });

  it('keeps the turn for its probe however long the answer takes', async () => {
    await closed('hold');
    await fleet.advance(180_000);
    expect(fleet.calls.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  it('is probed by another process ten seconds after the one whose turn it was died', async () => {
    const processes = await closed('hold');
    await fleet.advance(180_000);
    const [probe] = fleet.calls.filter(({ endedAt }) => endedAt === null);
    if (probe === undefined) throw new Error('nobody probes');
    for (const { destination } of processes) destination.answers(DELIVERED);
    fleet.freeze(probe.process);
    const diedAt = fleet.now;
    await fleet.advance(12_000);
    const after = fleet.calls.filter(({ at }) => at > diedAt);
    expect(after.every(({ process }) => process !== probe.process)).toBe(true);
    expect(after.length).toBeGreaterThan(0);
    expect(await inStatus('delivered')).toBeGreaterThan(25);
  });
});
