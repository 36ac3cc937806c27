import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A first run fetches what it builds with; a busy machine takes its time. */
const DEADLINE_MS = 600_000;

/** Runs a command and resolves with its standard output; rejects with all it said where it fails or takes too long. */
export function run(command: string, args: readonly string[], { cwd, env = {} }: Place = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    // What the test run asks of its own Node is none of the command's business.
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const options = { cwd, env: { ...inherited, ...env }, maxBuffer: 64 * 1024 * 1024, timeout: DEADLINE_MS };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else
        reject(new Error(`${command} failed (${error.code ?? error.signal}):\n${stdout}\n${stderr}`, { cause: error }));
    });
  });
}

/** Why these commands cannot be used, or null where each is on the PATH. */
export function missing(...commands: readonly string[]): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const absent = commands.filter((command) => !folders.some((folder) => existsSync(join(folder, command))));
  return absent.length === 0 ? null : `not on the PATH: ${absent.join(', ')}`;
}
