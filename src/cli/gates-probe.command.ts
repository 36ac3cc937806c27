import type { Command } from 'commander';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { steerGate } from './gates/steer-gate.js';
import { reasonOption } from './reason-option.js';

interface Options {
  readonly reason?: string;
  readonly json?: true;
}

/** `gates probe <name>`: a closed gate lets one event pass now instead of at its time. */
export function registerGatesProbe(program: Command, context: CliContext): void {
  commandGroup(program, 'gates', 'what stands in the way of delivery')
    .command('probe')
    .description('Let one event try a closed gate now instead of at its time.')
    .argument('<name>', 'as `gates list` shows it')
    .addOption(reasonOption())
    .option('--json', 'answer in JSON, as the API does')
    .action((name: string, { reason, json }: Options) => {
      const by = actingOperator();
      return steerGate(context, {
        name,
        json: json === true,
        steer: (gates) => gates.probeNow(name, { by, reason: reason ?? null }),
      });
    });
}
