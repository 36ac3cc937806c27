import type { Command } from 'commander';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { steerGate } from './gates/steer-gate.js';
import { reasonOption } from './reason-option.js';

interface Options {
  readonly reason: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `gates pause <name> --reason <text>`: nothing passes until `gates resume`; a running gateway obeys within a second. */
export function registerGatesPause(program: Command, context: CliContext): void {
  commandGroup(program, 'gates', 'what stands in the way of delivery')
    .command('pause')
    .description('Let nothing pass a gate until it is resumed; calls under way end.')
    .argument('<name>', 'type:<event type>, user:<client id>, or user:<client id>+type:<event type>')
    .addOption(reasonOption().makeOptionMandatory())
    .option('--yes', 'also an application user that neither the store nor the settings here know')
    .option('--json', 'answer in JSON, as the API does')
    .action((name: string, { reason, yes, json }: Options) => {
      const by = actingOperator();
      return steerGate(context, {
        name,
        json: json === true,
        mayBeNew: yes === true,
        steer: (gates) => gates.pause(name, { by, reason }),
      });
    });
}
