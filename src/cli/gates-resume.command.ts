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

/** `gates resume <name>`: lifts a pause, and nothing else: what is throttled stays so. */
export function registerGatesResume(program: Command, context: CliContext): void {
  commandGroup(program, 'gates', 'what stands in the way of delivery')
    .command('resume')
    .description('Lift the pause of a gate; whatever else closed it goes on.')
    .argument('<name>', 'as `gates list` shows it')
    .addOption(reasonOption())
    .option('--json', 'answer in JSON, as the API does')
    .action((name: string, { reason, json }: Options) => {
      const by = actingOperator();
      return steerGate(context, {
        name,
        json: json === true,
        steer: (gates) => {
          if (gates.find(name).pause === null) context.stderr.write(`Nothing was changed: ${name} is not paused.\n`);
          return gates.resume(name, { by, reason: reason ?? null });
        },
      });
    });
}
