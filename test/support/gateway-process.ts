import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const START_DEADLINE_MS = 60_000;

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built gateway in a process of its own, as production runs it. `npm test` builds it first. */
export class GatewayProcess {
  /** Resolves when it is gone, whoever ended it. */
  readonly exited: Promise<Exit>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Everything it logged so far. */
    readonly lines: readonly string[],
  ) {
    const ended = () => ({ code: child.exitCode, signal: child.signalCode });
    const isGone = child.exitCode !== null || child.signalCode !== null;
    this.exited = isGone ? Promise.resolve(ended()) : once(child, 'exit').then(ended);
  }

  /** Resolves once it listens, on a port of its own choice unless the settings name one. */
  static async start(settings: Readonly<Record<string, string>>, command: readonly string[] = [MAIN]) {
    const child = spawn(process.execPath, [...command], {
      env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    child.stderr.on('data', (chunk) => lines.push(String(chunk)));
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const url = /"url":"([^"]+)".*"msg":"gateway\.listening"/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}:\n${lines.join('\n')}`)));
    const late = setTimeout(() => reject(new Error('the gateway did not start in time')), START_DEADLINE_MS);
    try {
      return new GatewayProcess(child, await promise, lines);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** SIGKILL: no line of the gateway's code runs after it. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** SIGSTOP and SIGCONT: a process that stalls, as on a machine that swaps or is being moved. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill(signal);
      await exited;
    }
    return this.child.exitCode;
  }
}
