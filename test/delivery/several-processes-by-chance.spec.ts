import { describe, expect, it } from '@jest/globals';
import { passageThrough } from '../../src/delivery/passage.js';
import type { EventRecord } from '../../src/outbox/event-record.js';
import type { Fleet, FleetProcess } from './support/fleet.js';
import { FleetWorld, SKEW_MS } from './support/fleet-world.js';
import type { SeenCall } from './support/scripted-destination.js';

/**
 * Histories; the seeds are fixed, so a failure names one that can be played again. `SEEDS=5000` for
 * the long run.
 */
const { SEEDS = '60', FIRST_SEED = '1' } = process.env;

type FleetCall = SeenCall & { readonly process: FleetProcess };

describe('several processes, whatever dies, stands still, or is paused', () => {
  it('lose no event, keep every order, and send nothing through a closed gate', async () => {
    const found: string[] = [];
    for (let seed = Number(FIRST_SEED); seed < Number(FIRST_SEED) + Number(SEEDS); seed += 1) {
      const world = await FleetWorld.play(seed);
      const broken = [
        ...(await unfinished(world)),
        ...outOfOrder(world),
        ...byTwoAtOnce(world),
        ...throughClosedGates(world),
        ...twoProbes(world),
        ...tooManyAtOnce(world),
      ];
      found.push(...broken.map((text) => `seed ${seed}: ${text}`));
      await world.fleet.close();
    }
    expect(found).toEqual([]);
  }, 600_000);
});

async function unfinished(world: FleetWorld): Promise<readonly string[]> {
  const events = await Promise.all(world.accepted.map(({ id }) => world.fleet.event(id)));
  const sent = new Set(world.fleet.calls.map(({ id }) => id));
  const stuck = await world.stuckKeys();
  const ended = {
    delivered: (event: EventRecord) => sent.has(event.id),
    dead: (event: EventRecord) => event.reason !== null,
    pending: (event: EventRecord) => event.type === 'Ledger' && stuck.has(event.orderingKey),
    delivering: () => false,
    cancelled: () => false,
  };
  return events.filter((event) => !ended[event.status](event)).map(({ id, status }) => `${id} is ${status} in the end`);
}

/** Within a key, once an event has been sent, none before it is ever sent again. */
function outOfOrder({ accepted, fleet }: FleetWorld): readonly string[] {
  const placeOf = new Map(accepted.map(({ id, key, type }, place) => [id, { place, scope: key && `${type} ${key}` }]));
  const furthest = new Map<string, number>();
  return fleet.calls.flatMap(({ id }) => {
    const { place, scope } = placeOf.get(id) ?? { place: -1, scope: null };
    if (scope === null) return [];
    const before = furthest.get(scope) ?? -1;
    furthest.set(scope, Math.max(before, place));
    return place < before ? [`${id} was sent after one that stands behind it`] : [];
  });
}

/** No process begins a call as a user that is another's: it would be two that steer it. */
function byTwoAtOnce({ fleet }: FleetWorld): readonly string[] {
  const strays = fleet.calls.filter(({ at, user, process }) => !fleet.leases.wasHeld(user, process.owner, at));
  return strays.map(({ id, user }) => `${id} was sent as ${user} by a process that did not hold it`);
}

/** A second after a closing or a pause has committed nothing new is sent, whoever it was that closed. */
function throughClosedGates({ fleet }: FleetWorld): readonly string[] {
  return fleet.calls.flatMap(({ id, user, type, at }) => {
    const names = [`user:${user}`, `type:${type}`, `user:${user}+type:${type}`];
    const closed = names.filter((name) => fleet.ledger.wasClosed(name, at - 1_000, at + SKEW_MS));
    return closed.map((name) => `${id} was sent a second after ${name} closed`);
  });
}

/** Through a type's gate that probes goes one call at a time, from all processes that are awake. */
function twoProbes({ fleet }: FleetWorld): readonly string[] {
  const { calls } = fleet;
  return calls.flatMap((second, index) => {
    const since = probingSince(second, fleet);
    if (since === null) return [];
    const together = calls.slice(0, index).filter((first) => first.at >= since && isTogether(first, second));
    return together.map((first) => `${second.id} probed while ${first.id} did`);
  });
}

/** From when the type's gate had been probing for a second when this call began, or null where it was not. */
function probingSince({ type, at }: FleetCall, { ledger }: Fleet): number | null {
  const gate = ledger.at(`type:${type}`, at - 1_000);
  const now = ledger.at(`type:${type}`, at);
  if (gate === null || gate.closedUntil !== now?.closedUntil || now.cause === null) return null;
  return passageThrough(gate, at - 1_000).kind === 'probing' ? (gate.closedUntil ?? 0) + SKEW_MS : null;
}

function isTogether(first: FleetCall, second: FleetCall): boolean {
  if (first.type !== second.type || first.batch.includes(second.id)) return false;
  const underWay = first.endedAt === null || first.endedAt > second.at;
  return underWay && !stoodStill(first.process, first.at, second.at);
}

function stoodStill(process: FleetProcess, from: number, to: number): boolean {
  return process.standstills.some((still) => still.from <= to && still.to >= from);
}

function tooManyAtOnce({ fleet }: FleetWorld): readonly string[] {
  const most = fleet.concurrency * fleet.users.length;
  return fleet.calls.filter(({ together }) => together > most).map(({ id }) => `${id} was one too many`);
}
