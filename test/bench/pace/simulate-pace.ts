/**
 * `node --import ./test/support/typescript-hooks.mjs test/bench/pace/simulate-pace.ts`: how much of service protection limits the pace takes, and how many calls it has refused.
 * Virtual time: the same figures on every machine, in seconds.
 */
import type { ServiceProtectionLimits } from '../../../src/emulator/limits/service-protection-limits.js';
import { SeededRandom } from '../../faults/harness/seeded-random.js';
import { type Scenario, SimulatedClient } from './simulated-client.js';

const SHORT: ServiceProtectionLimits = {
  requests: 600,
  windowMs: 10_000,
  executionTimeMs: null,
  concurrency: null,
};
const DOCUMENTED = { ...SHORT, requests: 6_000, windowMs: 300_000 };
const LATER_MS = 300_000;

const SCENARIOS: readonly (readonly [string, Omit<Scenario, 'random'>])[] = [
  ...[2, 10, 50, 300].map(
    (latencyMs) => [`600 in 10 s, ${latencyMs} ms`, { limits: SHORT, latencyMs, seconds: 600 }] as const,
  ),
  ['the same at 60 ms, the first 12 s one by one', { limits: SHORT, latencyMs: 60, seconds: 600, slowForMs: 12_000 }],
  ['6000 in 300 s, 50 ms', { limits: DOCUMENTED, latencyMs: 50, seconds: 3_000 }],
  ['6000 in 300 s, 300 ms', { limits: DOCUMENTED, latencyMs: 300, seconds: 3_000 }],
  [
    '600 in 10 s on each of 4 web servers, in turn',
    { limits: SHORT, latencyMs: 10, seconds: 600, webServers: 4, balancing: 'in turn' },
  ],
  [
    '600 in 10 s on each of 4 web servers, at random',
    { limits: SHORT, latencyMs: 10, seconds: 600, webServers: 4, balancing: 'at random' },
  ],
  [
    '600 in 10 s, 1200 after 5 minutes of 15',
    { limits: SHORT, latencyMs: 10, seconds: 900, later: { atMs: LATER_MS, limits: { requests: 1_200 } } },
  ],
  [
    '600 in 10 s, 300 after 5 minutes of 15',
    { limits: SHORT, latencyMs: 10, seconds: 900, later: { atMs: LATER_MS, limits: { requests: 300 } } },
  ],
];

for (const [name, scenario] of SCENARIOS) {
  const random = new SeededRandom(7);
  const { accepted, refused, closings } = new SimulatedClient({ ...scenario, random: () => random.next() }).run();
  const share = accepted / allowedIn(scenario);
  // Whole seconds cost half of one at each closing, whoever obeys them.
  const net = share / (1 - (closings * 0.5) / scenario.seconds);
  const refusedShare = refused / (accepted + refused);
  process.stdout.write(
    `${name.padEnd(48)} ${percent(share)} of what is allowed, net ${percent(net)}, refused ${percent(refusedShare, 2)}\n`,
  );
}

function allowedIn({ limits, seconds, webServers = 1, later }: Omit<Scenario, 'random'>): number {
  const perMs = ({ requests, windowMs }: ServiceProtectionLimits) => (webServers * (requests ?? 0)) / windowMs;
  if (later === undefined) return perMs(limits) * seconds * 1_000;
  return perMs(limits) * later.atMs + perMs({ ...limits, ...later.limits }) * (seconds * 1_000 - later.atMs);
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}
