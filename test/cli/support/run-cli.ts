import type { Output } from '../../../src/cli/cli-context.js';
import { COMMANDS } from '../../../src/cli/commands.js';
import { runCommandLine } from '../../../src/cli/run-command-line.js';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly interruption?: AbortSignal;
  /** Whoever sits at the terminal; without it nobody does. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Runs a command line in this process, as a shell would, with an environment of its own. */
export async function runCli(
  args: readonly string[],
  { environment = {}, interruption = new AbortController().signal, ask }: CliRunOptions = {},
): Promise<CliRun> {
  const stdout = new Collected();
  const stderr = new Collected();
  const context = { stdout, stderr, environment, interruption: () => interruption, ask: ask ?? null };
  const exitCode = await runCommandLine(COMMANDS, args, context);
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

class Collected implements Output {
  text = '';

  write(text: string): void {
    this.text += text;
  }
}
