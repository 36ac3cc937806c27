import type { Command } from 'commander';
import { type WhyNotProbed, whyNotProbed } from '../delivery/gate.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { ExitCode } from './exit-codes.js';
import { awaitOutcome } from './gates/await-outcome.js';
import { outcomeInWords } from './gates/outcome-in-words.js';
import type { ProbeOutcome } from './gates/probe-outcome.js';
import { steerGate } from './gates/steer-gate.js';
import { reasonOption } from './reason-option.js';
import { printable } from './write-output.js';

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

/** Why a gate stays closed although somebody probes it; any other gate is probing or open already. */
const REFUSALS: ReadonlySet<WhyNotProbed | null> = new Set<WhyNotProbed>(['paused', 'throttled']);

/** After anything else, and where nothing is known yet, a script that goes on would go on against a closed gate. */
const LETS_PASS: ReadonlySet<ProbeOutcome | null> = new Set<ProbeOutcome>(['open', 'fits']);

/**
 * `gates probe <name>`: a closed gate lets one event pass now instead of at its time; one closed as drift is verified.
 * Waits some seconds for what comes of it, and ends with 0 only where events may pass.
 */
export function registerGatesProbe(program: Command, context: CliContext): void {
  commandGroup(program, 'gates', 'what stands in the way of delivery')
    .command('probe')
    .description(
      'Let one event try a closed gate now instead of at its time, or verify what drifted, and tell what came of it; a ' +
        'throttled or paused one stays so.',
    )
    .argument('<name>', 'as `gates list` shows it')
    .addOption(reasonOption())
    .option('--json', 'answer in JSON, as the API does')
    .action((name: string, options: Options) => probe(name, options, context));
}

/** How the command ends, and what it says then: nothing where it has said it before. */
interface End {
  readonly exitCode: ExitCode;
  readonly told: string | null;
}

async function probe(name: string, { reason, json }: Options, context: CliContext): Promise<void> {
  let end: End = { exitCode: ExitCode.Ok, told: null };
  await steerGate(context, {
    name,
    json: json === true,
    steer: async (gates, now) => {
      const why = whyNotProbed(gates.find(name), now);
      const unchanged = why === null ? null : `Nothing was changed: ${name} ${IN_WORDS[why]}.`;
      if (REFUSALS.has(why)) {
        end = { exitCode: ExitCode.Refused, told: unchanged };
        return gates.find(name);
      }
      if (unchanged !== null) context.stderr.write(`${unchanged}\n`);
      const asked = await gates.probeNow(name, { by: actingOperator(), reason: reason ?? null });
      if (why === 'open') return asked;
      const found = await awaitOutcome(gates, asked, context.interruption());
      end = { exitCode: LETS_PASS.has(found.outcome) ? ExitCode.Ok : ExitCode.Failure, told: outcomeInWords(found) };
      return found.gate;
    },
  });
  tell(context, end);
}

function tell({ stderr }: CliContext, { exitCode, told }: End): void {
  if (told === null) return;
  if (exitCode !== ExitCode.Ok) throw new CommandError(exitCode, printable(told));
  stderr.write(`${printable(told)}\n`);
}
