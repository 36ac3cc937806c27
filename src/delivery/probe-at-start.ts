import type { GateCause, GateRecord } from '../outbox/gate-store.js';
import type { Gates } from './gates.js';

/**
 * Causes that a person removes with a secret or a right, and then restarts for; a throttle or an outage ends by itself.
 */
const CURED_BY_PEOPLE: readonly (GateCause | null)[] = ['unauthorized', 'forbidden', 'misconfigured'];

/**
 * Somebody who renewed a secret or granted a right restarts the gateway and should not wait ten minutes to see whether
 * it helped. Nothing tells whether settings changed, so every start probes. Only gates of application users: they are
 * probed by `WhoAmI` or lose no attempt, while a probe of a type's gate may have one more event rejected.
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
