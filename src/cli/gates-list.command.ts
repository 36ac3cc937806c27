import type { Command } from 'commander';
import { shownState } from '../delivery/gate.js';
import { type EpochMs, toRfc3339 } from '../kernel/clock.js';
import { gateResourceOf } from '../operations/admin/gate.resource.js';
import type { GateRecord } from '../outbox/gate-store.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { withStore } from './with-store.js';
import { writeJson, writeTable } from './write-output.js';

/** `gates list`: what stands in the way of delivery. A gate that never closed is not listed. */
export function registerGatesList(program: Command, context: CliContext): void {
  commandGroup(program, 'gates', 'what stands in the way of delivery')
    .command('list')
    .description('List the gates that are closed, or once were.')
    .option('--json', 'answer in JSON')
    .action(async ({ json }: { json?: true }) => {
      const { gates, now } = await withStore(context, async (store) => {
        return { gates: await store.gates.list(), now: store.clock.now() };
      });
      if (json) return writeJson(context, { gates: gates.map((gate) => gateResourceOf(gate, now)) });
      writeTable(context, ['GATE', 'STATE', 'CAUSE', 'UNTIL', 'PAUSED', 'DETAIL'], rowsOf(gates, now));
      if (gates.length === 0) context.stderr.write('No gate was ever closed or paused.\n');
    });
}

function rowsOf(gates: readonly GateRecord[], now: EpochMs): readonly (readonly string[])[] {
  return gates.map((gate) => {
    const state = shownState(gate, now);
    return [
      gate.name,
      // Nothing passes a paused gate, in whatever state it is; the columns beside show that state.
      gate.pause === null ? state : 'paused',
      gate.cause ?? '',
      state === 'closed' && gate.closedUntil !== null ? toRfc3339(gate.closedUntil) : '',
      gate.pause === null ? '' : `by ${gate.pause.by}: ${gate.pause.reason}`,
      gate.detail ?? '',
    ];
  });
}
