import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOOKS = new URL('../../support/typescript-hooks.mjs', import.meta.url).href;

/** A process of its own that runs a TypeScript source, and the lines it wrote so far. */
export class Child {
  readonly lines: string[] = [];
  private readonly closed: Promise<unknown>;

  constructor(private readonly process: ChildProcess) {
    this.closed = once(process, 'close');
    if (process.stdout !== null) {
      createInterface({ input: process.stdout }).on('line', (line) => this.lines.push(line));
    }
  }

  /** Resolves as soon as this many lines were written; rejects when the process ends before. */
  async untilLines(count: number): Promise<void> {
    const { stdout } = this.process;
    if (stdout === null) throw new Error('the child has no output');
    while (this.lines.length < count) {
      const ended = await Promise.race([once(stdout, 'data').then(() => false), this.closed.then(() => true)]);
      if (ended) throw new Error(`the child ended after ${this.lines.length} lines`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** As a power cut ends it: no handler runs. Resolves when it is gone and its last line was read. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.closed;
  }

  /** Resolves with the exit code, null where a signal ended it. */
  async end(): Promise<number | null> {
    await this.closed;
    return this.process.exitCode;
  }
}

/** Starts `program`, a file of this folder, with `wrapper` before its command line where one is given. */
export function startChild(program: string, parameters: readonly string[], wrapper: readonly string[] = []): Child {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const [command = '', ...rest] = [...wrapper, process.execPath, '--import', HOOKS, path, ...parameters];
  const { NODE_OPTIONS: _, ...environment } = process.env;
  return new Child(spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], env: environment }));
}
