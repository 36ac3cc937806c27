import { setTimeout as wait } from 'node:timers/promises';
import type { Emulator } from '../../../src/emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../../src/emulator/emulator-options.js';
import type { Fault } from '../../../src/emulator/faults/fault.js';
import { NO_LIMITS } from '../../../src/emulator/limits/service-protection-limits.js';
import { until } from '../../support/until.js';
import type { FaultAction } from './fault-action.js';
import type { SeededRandom } from './seeded-random.js';

/** Some keys are among those refused, and some events among those accepted were sent twice. */
const ENOUGH_REFUSED = 30;
const ENOUGH_ACCEPTED = 120;
const PATIENCE_MS = 60_000;

/** Between a call and its answer, in turn before and after Dataverse took it. */
const moment = (random: SeededRandom) => random.pick(['before-commit', 'after-commit'] as const);

/** What Dataverse and Entra do to their callers, for a while each. */
export const DATAVERSE_FAULTS: readonly FaultAction[] = [
  {
    name: 'limits, scaled down',
    act: async ({ environment: { emulator } }, random) => {
      emulator.changeLimits({ requests: random.between(20, 100), windowMs: 2_000 });
      await wait(random.between(2_000, 6_000));
      emulator.changeLimits(NO_LIMITS);
    },
  },
  {
    name: '429 with Retry-After growing',
    act: async ({ environment: { emulator } }, random) => {
      for (const retryAfterSeconds of [1, 2, 3]) {
        emulator.throttleNext(random.between(1, 20), { retryAfterSeconds });
        await wait(retryAfterSeconds * 1_000);
      }
    },
  },
  during('500 and 503', [500, 2_500], (random) => ({
    kind: 'status',
    status: random.pick([500, 502, 503, 504, 408, 425]),
    when: moment(random),
    every: random.between(1, 3),
  })),
  during('slow answers', [1_000, 3_000], (random) => ({ kind: 'delay', delayMs: random.between(50, 3_000) })),
  during('resets', [300, 2_000], (random) => ({ kind: 'reset', when: moment(random), every: random.between(1, 4) })),
  during('truncated answers', [300, 1_500], (random) => ({ kind: 'truncate', every: random.between(1, 3) })),
  during('nonsense for an answer', [300, 1_500], (random) => ({
    kind: 'raw',
    bytes: random.pick(['SSH-2.0-OpenSSH_9.2\r\n', 'HTTP/1.1 204', 'HTTP/9.9 banana\r\n\r\n', '\u0000\u0001\u0002']),
    when: moment(random),
    every: random.between(1, 3),
  })),
  during('no answer at all', [300, 1_000], (random) => ({ kind: 'hang', when: moment(random), every: 5 })),
  duringTokens('token endpoint away', () => ({ kind: 'reset' })),
  duringTokens('token endpoint answers HTML', () => ({ kind: 'status', status: 200, body: '<html>sign in</html>' })),
  duringTokens('token endpoint throttles', () => ({ kind: 'status', status: 429, headers: { 'retry-after': '1' } })),
  duringTokens('token endpoint slow', () => ({ kind: 'delay', delayMs: 1_500 })),
  {
    name: '401 in the middle',
    act: async ({ environment: { emulator } }) => emulator.revokeTokens(),
  },
];

/**
 * Every other call fails after nothing was done: all of it comes back later, and in between comes what stood behind. Until
 * enough was refused to show it, however busy the machine.
 */
export const failingCalls: FaultAction = {
  name: 'every other call refused for the moment',
  act: async ({ environment: { emulator }, clients }) => {
    const refused = () => emulator.requests().filter(({ status }) => status === 503).length;
    emulator.fault({ kind: 'status', status: 503, match: { target: 'call' }, every: 2, times: null });
    await until(() => refused() >= ENOUGH_REFUSED && clients.accepted.length >= ENOUGH_ACCEPTED, PATIENCE_MS);
    emulator.clearFaults();
  },
};

/** A throttle long enough to see who calls meanwhile. */
export const longThrottle: FaultAction = {
  name: '429 with Retry-After of some seconds',
  act: async ({ environment: { emulator } }) => {
    emulator.throttleNext(1, { retryAfterSeconds: 4 });
    await until(() => emulator.requests().some(({ status }) => status === 429), PATIENCE_MS);
    await wait(4_500);
  },
};

/** Costs the gates their longer steps: for runs of minutes. */
export const secretRotated: FaultAction = {
  name: 'secret rotated and put back',
  act: async ({ environment: { emulator } }, random) => {
    emulator.registerApplicationUser({ ...DEFAULT_APPLICATION_USER, clientSecret: 'another-secret' });
    emulator.revokeTokens();
    await wait(random.between(500, 2_000));
    emulator.registerApplicationUser(DEFAULT_APPLICATION_USER);
  },
};

function during(name: string, lasts: readonly [number, number], fault: (random: SeededRandom) => Fault): FaultAction {
  return {
    name,
    act: ({ environment: { emulator } }, random) => befalls(emulator, fault(random), random.between(...lasts)),
  };
}

/** Tokens handed out before are good for an hour: a fault of their endpoint would pass unnoticed. */
function duringTokens(name: string, fault: () => Fault): FaultAction {
  return {
    name,
    act: ({ environment: { emulator } }, random) => {
      emulator.revokeTokens();
      return befalls(emulator, { ...fault(), match: { target: 'token' } }, random.between(500, 2_500));
    },
  };
}

async function befalls(emulator: Emulator, fault: Fault, ms: number): Promise<void> {
  emulator.fault({ ...fault, times: null });
  await wait(ms);
  emulator.clearFaults();
}
