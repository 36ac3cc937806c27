import { setTimeout as wait } from 'node:timers/promises';
import type { ProxyMood, TcpProxy } from '../../support/tcp-proxy.js';
import type { FaultAction } from './fault-action.js';
import type { SeededRandom } from './seeded-random.js';
import type { World } from './world.js';

type Wire = { readonly name: string; readonly of: (world: World, random: SeededRandom) => TcpProxy };

const TO_DATAVERSE: Wire = { name: 'Dataverse', of: ({ wire }) => wire };
const TO_GATEWAY: Wire = { name: 'a gateway', of: ({ replicas }, random) => random.pick(replicas).front };

/** What the network does, on the way to Dataverse and on the way to a gateway. */
export const NETWORK_FAULTS: readonly FaultAction[] = [TO_DATAVERSE, TO_GATEWAY].flatMap((wire) => [
  cut(wire),
  mood(wire, 'refused', () => ({ kind: 'refuse' })),
  mood(wire, 'latency', (random) => ({ kind: 'slow', delayMs: random.between(20, 800) })),
  mood(wire, 'slow drip', () => ({ kind: 'drip', bytes: 64, everyMs: 2 })),
  mood(wire, 'black hole', () => ({ kind: 'hole', direction: 'both' })),
  mood(wire, 'half-open, answers vanish', () => ({ kind: 'hole', direction: 'answers' })),
]);

function cut(wire: Wire): FaultAction {
  return {
    name: `connections to ${wire.name} cut`,
    act: async (world, random) => {
      const proxy = wire.of(world, random);
      for (let times = random.between(1, 5); times > 0; times--) {
        proxy.cutAll();
        await wait(random.between(10, 200));
      }
    },
  };
}

function mood({ name, of }: Wire, how: string, moodOf: (random: SeededRandom) => ProxyMood): FaultAction {
  return {
    name: `way to ${name}: ${how}`,
    act: async (world, random) => {
      const proxy = of(world, random);
      proxy.mood = moodOf(random);
      await wait(random.between(500, 4_000));
      // Who waited in the dark has given up meanwhile, or finds the connection gone.
      if (proxy.mood.kind === 'hole') proxy.cutAll();
      proxy.mood = { kind: 'pass' };
    },
  };
}
