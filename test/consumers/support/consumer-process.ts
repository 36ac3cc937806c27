import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_DEADLINE_MS = 30_000;
const LISTENING = /^listening on (\S+)$/;

export interface ConsumerCommand {
  /** Where `consumerProject` put it. */
  readonly project: string;
  /** Of the compiled ones, such as `azure-function/local.js`. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A module that is loaded before it. */
  readonly preload?: URL;
  readonly cwd?: string;
}

/** An example that listens, in a process of its own. */
export class ConsumerProcess {
  /** Resolves with its signal, or null, when it is gone, whoever ended it. */
  readonly exited: Promise<NodeJS.Signals | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** What it told of, by lines. */
    readonly warnings: readonly string[],
  ) {
    this.exited = once(child, 'exit').then(() => child.signalCode);
  }

  /** Resolves once it listens, on any free port. */
  static async start({ project, script, environment, preload, cwd }: ConsumerCommand): Promise<ConsumerProcess> {
    const options = preload === undefined ? [] : ['--import', preload.href];
    const child = spawn(process.execPath, [...options, join(project, 'dist', script)], {
      env: { PATH: process.env.PATH, PORT: '0', ...environment },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const warnings: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => warnings.push(line));
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = LISTENING.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${warnings.join('\n')}`)));
    const late = setTimeout(() => reject(new Error(`${script} did not start in time`)), START_DEADLINE_MS);
    try {
      return new ConsumerProcess(child, await promise, warnings);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  /** SIGTERM: it ends what it is at, and goes. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await this.exited;
  }
}
