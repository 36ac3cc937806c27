import { readFile } from 'node:fs/promises';
import { type Logger, pino } from 'pino';
import { Gateway } from '../../src/gateway.js';
import { readSettings } from '../../src/settings/read-settings.js';
import type { Environment } from './environment.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The whole gateway in this process, delivering to an environment's emulator, with a client that may do everything. */
export class RunningGateway {
  private constructor(
    private readonly gateway: Gateway,
    readonly url: string,
    readonly apiKey: string,
  ) {}

  /** Silent without a logger of the caller's. */
  static async start(
    environment: Environment,
    more: Readonly<Record<string, string>> = {},
    logger: Logger = pino({ level: 'silent' }),
  ): Promise<RunningGateway> {
    const { NODE_EXTRA_CA_CERTS: caPath = '', ...settings } = environment.settings;
    const gateway = await Gateway.start({
      settings: readSettings({ PORT: '0', HOST: '127.0.0.1', ...settings, ...more }),
      logger,
      // Node reads NODE_EXTRA_CA_CERTS only when a process starts.
      ca: await readFile(caPath, 'utf8'),
    });
    const apiKey = await environment.createClient(`walk-${process.hrtime.bigint()}`, { operator: true });
    return new RunningGateway(gateway, gateway.url, apiKey);
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(path, { headers });
  }

  /** Posts an event, or any text, to a type's endpoint. */
  publish(slug: string, event: object | string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const body = typeof event === 'string' ? event : JSON.stringify(event);
    return this.ask(`/v1/events/${slug}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
  }

  /** What an operator asks for, with a JSON body. */
  operate(method: 'POST' | 'PUT', path: string, body: object = {}): Promise<Answer> {
    return this.ask(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  }

  stop(graceMs = 5_000): Promise<void> {
    return this.gateway.stop(graceMs);
  }

  private async ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = { Authorization: `Bearer ${this.apiKey}`, ...init.headers };
    const answer = await fetch(`${this.url}${path}`, { ...init, headers });
    const { status, headers: answered } = answer;
    return { status, headers: answered, body: (await answer.json()) as Answer['body'] };
  }
}
