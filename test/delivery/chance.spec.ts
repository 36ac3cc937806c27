import { describe, expect, it } from '@jest/globals';
import type { EventRecord } from '../../src/outbox/event-record.js';
import { RandomWorld } from './support/random-world.js';

/** Histories; the seeds are fixed, so a failure names one that can be played again. `SEEDS=5000` for a long run. */
const SEEDS = Number(process.env.SEEDS ?? 120);
const FIRST_SEED = Number(process.env.FIRST_SEED ?? 1);
const MS_PER_SEED = 400;

/** Plays every seed, and returns what broke the claim, by seed. */
async function violations(find: (world: RandomWorld) => Promise<readonly string[]> | readonly string[]) {
  const found: string[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    const world = await RandomWorld.play(seed);
    found.push(...(await find(world)).map((text) => `seed ${seed}: ${text}`));
    await world.harness.store.close();
  }
  return found;
}

describe('whatever the target answers, and however often the process dies', () => {
  it(
    'every event ends delivered or dead with a reason, in order, within the limits',
    async () => {
      const found = await violations(async (world) => [
        ...(await unfinished(world)),
        ...outOfOrder(world),
        ...throughClosedGates(world),
        ...tooManyAtOnce(world),
        ...sentAgain(world),
        ...inBadCompany(world),
      ]);
      expect(found).toEqual([]);
    },
    Math.max(60_000, SEEDS * MS_PER_SEED),
  );
});

async function unfinished({ accepted, calls, harness }: RandomWorld): Promise<readonly string[]> {
  const events = await Promise.all(accepted.map(({ id }) => harness.event(id)));
  const sent = new Set(calls.map(({ id }) => id));
  const stuck = new Set(events.filter((e) => e.type === 'Ledger' && e.status === 'dead').map((e) => e.orderingKey));
  const ended = {
    delivered: (event: EventRecord) => sent.has(event.id),
    dead: (event: EventRecord) => event.reason !== null,
    // Behind a dead event of a type that blocks there is nothing to do but wait for a person.
    pending: (event: EventRecord) => event.type === 'Ledger' && stuck.has(event.orderingKey),
    delivering: () => false,
    cancelled: () => false,
  };
  return events.filter((event) => !ended[event.status](event)).map(({ id, status }) => `${id} is ${status} in the end`);
}

/** Within a key, once an event has been sent, none before it is ever sent again. */
function outOfOrder({ accepted, calls }: RandomWorld): readonly string[] {
  const keyOf = new Map(accepted.map(({ id, key, type }, place) => [id, { place, scope: key && `${type} ${key}` }]));
  const furthest = new Map<string, number>();
  return calls.flatMap(({ id }) => {
    const { place, scope } = keyOf.get(id) ?? { place: -1, scope: null };
    if (scope === null) return [];
    const before = furthest.get(scope) ?? -1;
    furthest.set(scope, Math.max(before, place));
    return place < before ? [`${id} was sent after one that stands behind it`] : [];
  });
}

/** From a throttled answer to the end of its Retry-After its user sends nothing. */
function throughClosedGates({ calls }: RandomWorld): readonly string[] {
  return calls.flatMap(({ user, endedAt, outcome }) => {
    if (outcome?.kind !== 'throttled' || endedAt === null) return [];
    const until = endedAt + (outcome.retryAfterMs ?? 0);
    const early = calls.filter((call) => call.user === user && call.at > endedAt && call.at < until);
    return early.map(({ id }) => `${id} was sent by ${user} while it was throttled`);
  });
}

function tooManyAtOnce({ calls, concurrency }: RandomWorld): readonly string[] {
  const users = new Set(calls.map(({ user }) => user)).size;
  return calls.filter(({ together }) => together > concurrency * users).map(({ id }) => `${id} was one too many`);
}

/** What the target took and this process heard of is never sent again. */
function sentAgain({ calls }: RandomWorld): readonly string[] {
  const done = new Set<string>();
  return calls.flatMap(({ id, outcome }) => {
    const again = done.has(id);
    if (outcome?.kind === 'delivered') done.add(id);
    return again ? [`${id} was sent again after it had been delivered`] : [];
  });
}

/** What failed, or was lost with its process, shares no call any more; and two of one key never share one. */
function inBadCompany({ accepted, calls }: RandomWorld): readonly string[] {
  const keyOf = new Map(accepted.map(({ id, key, type }) => [id, key && `${type} ${key}`]));
  const doubtful = new Set<string>();
  return calls.flatMap(({ id, batch, outcome }) => {
    const keys = batch.flatMap((other) => keyOf.get(other) ?? []);
    const found = [
      ...(batch.length > 1 && doubtful.has(id) ? [`${id} shared a call after it had failed`] : []),
      ...(new Set(keys).size < keys.length ? [`${id} shared a call with another of its key`] : []),
    ];
    if (outcome === null || FAILURES.includes(outcome.kind)) doubtful.add(id);
    return found;
  });
}

const FAILURES: readonly string[] = ['uncertain', 'transient', 'conflicted', 'rejected'];
