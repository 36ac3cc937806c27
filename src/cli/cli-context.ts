import type { Command } from 'commander';
import type { Environment } from '../settings/read-variables.js';

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person is watching: progress bars and colours are for people. */
  readonly isTTY?: boolean;
}

/** The parts of the process that a command uses. */
export interface CliContext {
  /** Answers; with `--json` JSON and nothing else. */
  readonly stdout: Output;
  /** Everything that is not the answer. */
  readonly stderr: Output;
  /** Where the settings are read from; undefined means the process's own environment. */
  readonly environment: Environment | undefined;
  /** Aborts when the process is asked to end. Node's default is to end at once; calling this replaces it. */
  interruption(): AbortSignal;
  /** Asks the person at the terminal and resolves with the line typed; null where nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/** How a command registers itself: each file exports one of these, and commands.ts lists them. */
export type RegisterCommand = (program: Command, context: CliContext) => void;
