import type { GateCause, GateRecord } from '../outbox/gate-store.js';
import type { Gates } from './gates.js';

/** What a person cures with a secret or a right, and then restarts for; a throttle or an outage passes by itself. */
const CURED_BY_PEOPLE: readonly (GateCause | null)[] = ['unauthorized', 'forbidden', 'misconfigured'];

/**
 * Whoever mended a secret or a right starts the gateway anew and should not wait ten minutes to see whether it helped.
 * Nothing tells whether settings changed, so every start asks. Only gates of application users: they are asked by
 * `WhoAmI` or lose no attempt, while a type's gate may stand for events that each probe would reject.
 */
export async function probeAtStart(gates: Gates): Promise<void> {
  await Promise.all(
    gates
      .list()
      .filter(isCurable)
      .map(({ name }) => gates.reprobe(name)),
  );
}

function isCurable({ name, cause }: GateRecord): boolean {
  return name.startsWith('user:') && CURED_BY_PEOPLE.includes(cause);
}
