import { registerClientsCreate } from '../../../src/cli/clients-create.command.js';
import { registerClientsList } from '../../../src/cli/clients-list.command.js';
import { registerClientsRevoke } from '../../../src/cli/clients-revoke.command.js';
import { registerClientsRotate } from '../../../src/cli/clients-rotate.command.js';
import { registerEventsShow } from '../../../src/cli/events-show.command.js';
import { registerGatesList } from '../../../src/cli/gates-list.command.js';
import { runCommandLine } from '../../../src/cli/run-command-line.js';
import { registerSend } from '../../../src/cli/send.command.js';

const COMMANDS = [
  registerClientsCreate,
  registerClientsList,
  registerClientsRotate,
  registerClientsRevoke,
  registerEventsShow,
  registerGatesList,
  registerSend,
];

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, as a shell would, with an environment of its own. */
export async function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  interruption: AbortSignal = new AbortController().signal,
): Promise<CliRun> {
  const written = { stdout: '', stderr: '' };
  const exitCode = await runCommandLine(COMMANDS, args, {
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    environment,
    interruption: () => interruption,
  });
  return { exitCode, ...written };
}
