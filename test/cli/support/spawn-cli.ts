import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOKS = new URL('../../support/typescript-hooks.mjs', import.meta.url).href;
const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

/** A command in a process of its own, as a shell starts it; `wrapper` is what runs it, such as strace. */
export class CliProcess {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    cwd: string,
    wrapper: readonly string[] = [],
  ) {
    const { PATH = '' } = process.env;
    const [program = '', ...line] = [...wrapper, process.execPath, '--import', HOOKS, CLI, ...args];
    this.child = spawn(program, line, {
      cwd,
      env: { PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.stdout += String(chunk);
    });
    this.child.stderr?.on('data', (chunk) => {
      this.stderr += String(chunk);
    });
    this.exited = once(this.child, 'close');
  }

  /** Resolves with the exit code once the process has ended and all it wrote has been read. */
  async exitCode(): Promise<number | null> {
    await this.exited;
    return this.child.exitCode;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
