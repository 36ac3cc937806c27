import { setTimeout as wait } from 'node:timers/promises';
import { type Exit, GatewayProcess } from '../../support/gateway-process.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

interface ReplicaOptions {
  readonly settings: Readonly<Record<string, string>>;
  /** What node runs; the built gateway unless a broken one is under test. */
  readonly command?: readonly string[];
  /** Sees every line of every life. */
  readonly onLine: (line: string) => void;
}

/** One life of the gateway that ended. */
export interface EndedLife extends Exit {
  readonly at: number;
  readonly pid: number;
  /** Its last lines, for whoever has to find out why. */
  readonly tail: readonly string[];
}

const TAIL = 5;
/** A database that restarts is away for seconds; a gateway that cannot start at all would be waited for in vain. */
const MAX_FAILED_STARTS = 60;
const RESTART_AFTER_FAILURE_MS = 200;

/** A gateway that is started again whenever it ends, as a service manager does, behind an address that stays. */
export class Replica {
  readonly ended: EndedLife[] = [];
  /** Starts that failed, with what was said. */
  readonly failedStarts: string[] = [];
  private current: GatewayProcess | null = null;
  private wanted = true;
  private up = Promise.withResolvers<GatewayProcess>();
  private failedInARow = 0;
  private readonly done: Promise<void>;

  private constructor(
    private readonly options: ReplicaOptions,
    /** Clients come this way. */
    readonly front: TcpProxy,
  ) {
    this.done = this.live();
  }

  static async start(options: ReplicaOptions): Promise<Replica> {
    let replica: Replica | null = null;
    const front = await TcpProxy.start(() => replica?.target ?? null);
    replica = new Replica(options, front);
    return replica;
  }

  get url(): string {
    return `http://127.0.0.1:${this.front.port}`;
  }

  get isUp(): boolean {
    return this.current !== null;
  }

  /** The process that listens, now or as soon as there is one. */
  whenUp(): Promise<GatewayProcess> {
    return this.current === null ? this.up.promise : Promise.resolve(this.current);
  }

  /** SIGKILL; the next life begins at once. */
  async kill(): Promise<void> {
    await (await this.whenUp()).kill();
  }

  /** SIGTERM; resolves with the exit code. */
  async restart(): Promise<number | null> {
    return (await this.whenUp()).stop();
  }

  /** Ends for good; resolves with the exit code of a stop in order. */
  async stop(): Promise<number | null> {
    const gateway = this.current;
    this.wanted = false;
    const code = gateway === null ? null : await gateway.stop();
    await this.done;
    await this.front.stop();
    return code;
  }

  private get target() {
    return this.current === null ? null : { host: '127.0.0.1', port: Number(new URL(this.current.url).port) };
  }

  private async live(): Promise<void> {
    while (this.wanted) {
      const gateway = await this.begin();
      if (gateway === null) continue;
      this.current = gateway;
      this.up.resolve(gateway);
      if (!this.wanted) void gateway.stop();
      const exit = await gateway.exited;
      this.current = null;
      this.up = Promise.withResolvers();
      for (const line of gateway.lines) this.options.onLine(line);
      this.ended.push({ ...exit, at: Date.now(), pid: gateway.pid, tail: gateway.lines.slice(-TAIL) });
    }
  }

  private async begin(): Promise<GatewayProcess | null> {
    try {
      const gateway = await GatewayProcess.start(this.options.settings, this.options.command);
      this.failedInARow = 0;
      return gateway;
    } catch (error) {
      this.failedStarts.push(String(error));
      this.failedInARow += 1;
      if (this.failedInARow >= MAX_FAILED_STARTS) this.giveUp();
      await wait(RESTART_AFTER_FAILURE_MS);
      return null;
    }
  }

  private giveUp(): void {
    this.wanted = false;
    this.up.promise.catch(() => undefined);
    this.up.reject(new Error(`no gateway starts: ${this.failedStarts.at(-1)}`));
  }
}
