import { setTimeout as wait } from 'node:timers/promises';
import { DEFAULT_APPLICATION_USER } from '../../../src/emulator/emulator-options.js';
import { NO_LIMITS } from '../../../src/emulator/limits/service-protection-limits.js';
import { readGauges, waitingOf } from './read-gauges.js';
import type { World } from './world.js';

/** Gates that closed for minutes are asked again by an operator; nobody waits for them in a test. */
const PROBE_EVERY_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** Ends every fault: wires whole, Dataverse well, secrets right. */
export function endFaults({ environment: { emulator }, wire, replicas, database }: World): void {
  emulator.clearFaults();
  emulator.changeLimits(NO_LIMITS);
  emulator.settings.serverTimeMs = 0;
  emulator.registerApplicationUser(DEFAULT_APPLICATION_USER);
  for (const proxy of [wire, ...replicas.map(({ front }) => front), ...(database === null ? [] : [database.proxy])]) {
    proxy.forgetNext();
    proxy.mood = { kind: 'pass' };
  }
}

/** Resolves once nothing is pending or delivering any more; false when that is not so at the deadline. */
export async function comeToRest(world: World, deadlineMs: number): Promise<boolean> {
  const deadline = Date.now() + deadlineMs;
  let probedAt = Date.now();
  while (Date.now() < deadline) {
    const gauges = await readGauges(world);
    if (gauges !== null && waitingOf(gauges) === 0) return true;
    if (Date.now() - probedAt > PROBE_EVERY_MS) {
      await probeClosedGates(world);
      probedAt = Date.now();
    }
    await wait(LOOK_EVERY_MS);
  }
  return false;
}

async function probeClosedGates({ replicas, operatorKey }: World): Promise<void> {
  const [replica] = replicas;
  const ask = (path: string, method: string) =>
    fetch(`${replica?.url}${path}`, { method, headers: { Authorization: `Bearer ${operatorKey}` } });
  try {
    const listed = await ask('/v1/gates', 'GET');
    const { gates = [] } = (await listed.json()) as { gates?: readonly { name: string; state: string }[] };
    for (const { name, state } of gates) {
      if (state === 'closed') await ask(`/v1/gates/${encodeURIComponent(name)}/probe`, 'POST');
    }
  } catch {
    // It is away or starting; the next look finds it.
  }
}
