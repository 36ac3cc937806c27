import type { Command } from 'commander';
import { type WhyNotProbed, whyNotProbed } from '../delivery/gate.js';
import type { Gates } from '../delivery/gates.js';
import type { GateRecord } from '../outbox/gate-store.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { ExitCode } from './exit-codes.js';
import { awaitOutcome } from './gates/await-outcome.js';
import { outcomeInWords } from './gates/outcome-in-words.js';
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

/**
 * `gates probe <name>`: a closed gate lets one event pass now instead of at its time; one closed as drift is verified.
 * Waits some seconds for what comes of it.
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

async function probe(name: string, { reason, json }: Options, context: CliContext): Promise<void> {
  let why: WhyNotProbed | null = null;
  await steerGate(context, {
    name,
    json: json === true,
    steer: async (gates, now) => {
      why = whyNotProbed(gates.find(name), now);
      if (REFUSALS.has(why)) return gates.find(name);
      if (why !== null) context.stderr.write(`Nothing was changed: ${name} ${IN_WORDS[why]}.\n`);
      const asked = await gates.probeNow(name, { by: actingOperator(), reason: reason ?? null });
      return why === 'open' ? asked : tellOutcome(context, gates, asked);
    },
  });
  requireProbed(name, why);
}

async function tellOutcome(context: CliContext, gates: Gates, asked: GateRecord): Promise<GateRecord> {
  const outcome = await awaitOutcome(gates, asked, context.interruption());
  context.stderr.write(`${printable(outcomeInWords(asked, outcome))}\n`);
  return outcome ?? asked;
}

/** A script that goes on after a probe must not go on against a closed gate. */
function requireProbed(name: string, why: WhyNotProbed | null): void {
  if (why === null || !REFUSALS.has(why)) return;
  throw new CommandError(ExitCode.Refused, `Nothing was changed: ${name} ${IN_WORDS[why]}.`);
}
