import { Gates } from '../../delivery/gates.js';
import { type EpochMs, toRfc3339 } from '../../kernel/clock.js';
import { SystemTimers } from '../../kernel/timers.js';
import { type GateResource, gateResourceOf } from '../../operations/admin/gate.resource.js';
import type { GatePause } from '../../outbox/gate-pause.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { actingOperator } from '../acting-operator.js';
import type { CliContext } from '../cli-context.js';
import { withStore } from '../with-store.js';
import { printable, writeFacts, writeJson } from '../write-output.js';
import { requireGate } from './require-gate.js';

/** One deed to one gate. */
export interface GateDeed {
  readonly name: string;
  readonly json: boolean;
  /** Whether the application user may be one that neither the store nor the settings know. */
  readonly mayBeNew?: boolean;
  /** Called with the gates as they are stored, at this instant by the store's clock. */
  readonly steer: (gates: Gates, now: EpochMs) => Promise<GateRecord>;
}

/** Changes a gate in the store, where a running gateway sees it within a second, and shows the result. */
export async function steerGate(context: CliContext, { name, json, mayBeNew = false, steer }: GateDeed): Promise<void> {
  const gate = await withStore(context, async (store) => {
    const gates = new Gates(store.gates, store.clock, new SystemTimers());
    try {
      await gates.refresh(0);
      await requireGate(context, { name, mayBeNew }, gates.list());
      const { pause } = gates.find(name);
      const steered = await steer(gates, store.clock.now());
      if (pause !== null && pause.by !== actingOperator() && steered.pause !== pause) tellOfPause(context, pause);
      return gateResourceOf(steered, store.clock.now());
    } finally {
      gates.stop();
    }
  });
  if (json) writeJson(context, gate);
  else writeFacts(context, factsOf(gate));
}

/** Two people who change the same gate should know of each other. */
function tellOfPause({ stderr }: CliContext, { by, reason, since }: GatePause): void {
  stderr.write(`It was paused by ${printable(by)} since ${toRfc3339(since)}: ${printable(reason)}\n`);
}

/** For people a paused gate is not open, even if nothing else closes it: nothing passes. */
function factsOf({ pause, paused: _, ...facts }: GateResource) {
  if (pause === null) return { ...facts, paused: null };
  return { ...facts, state: 'paused', paused: `since ${pause.since} by ${pause.by}: ${pause.reason}` };
}
