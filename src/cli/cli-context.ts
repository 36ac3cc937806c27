import type { Command } from 'commander';
import type { Environment } from '../settings/read-variables.js';

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person is watching: progress bars and colours are for them. */
  readonly isTTY?: boolean;
}

/** What a command has of the process around it. */
export interface CliContext {
  /** Answers; with `--json` JSON and nothing else. */
  readonly stdout: Output;
  /** Everything that is not the answer. */
  readonly stderr: Output;
  /** The settings are read from here; undefined means the process's own environment. */
  readonly environment: Environment | undefined;
  /** Aborts when the process is asked to end. Only who asks takes over from Node's default, which is to end at once. */
  interruption(): AbortSignal;
  /** Asks the person at the terminal and resolves with the line typed; null where nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/** How a command makes itself known: each file exports one of these, and cli.ts lists them. */
export type RegisterCommand = (program: Command, context: CliContext) => void;
