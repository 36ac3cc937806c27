import type { Command } from 'commander';
import { type WhyNotProbed, whyNotProbed } from '../delivery/gate.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { steerGate } from './gates/steer-gate.js';
import { reasonOption } from './reason-option.js';

interface Options {
  readonly reason?: string;
  readonly json?: true;
}

/** Completes "the gate ...". */
const IN_WORDS: Readonly<Record<WhyNotProbed, string>> = {
  open: 'is open',
  probing: 'is probing already',
  due: 'is about to be verified',
  paused: 'is paused; `gates resume` lifts that',
  throttled: 'is throttled, and Dataverse said for how long: sending earlier would only prolong it',
};

/** `gates probe <name>`: a closed gate lets one event pass now instead of at its time; one closed as drift is verified. */
export function registerGatesProbe(program: Command, context: CliContext): void {
  commandGroup(program, 'gates', 'what stands in the way of delivery')
    .command('probe')
    .description(
      'Let one event try a closed gate now instead of at its time, or verify what drifted; a throttled or paused one ' +
        'stays so.',
    )
    .argument('<name>', 'as `gates list` shows it')
    .addOption(reasonOption())
    .option('--json', 'answer in JSON, as the API does')
    .action((name: string, { reason, json }: Options) => {
      const by = actingOperator();
      return steerGate(context, {
        name,
        json: json === true,
        steer: (gates, now) => {
          const why = whyNotProbed(gates.find(name), now);
          if (why !== null) context.stderr.write(`Nothing was changed: ${name} ${IN_WORDS[why]}.\n`);
          return gates.probeNow(name, { by, reason: reason ?? null });
        },
      });
    });
}
