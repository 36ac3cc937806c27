import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Emulator } from '../../../src/emulator/emulator.js';
import { type CliRun, runCli } from '../../cli/support/run-cli.js';
import { createEnvironment, type Environment } from '../../support/environment.js';
import { purchaseOf } from '../../support/purchase-load.js';
import { RunningGateway } from '../../support/running-gateway.js';
import { trust } from '../../support/trust.js';
import { until } from '../../support/until.js';

/** The gateway's address as the emulated Dataverse knows it. */
const ORIGIN = 'http://gateway.localhost';

/** The custom API of the event that `publish` sends. */
export const API = 'contoso_CustomerPurchase';

export const BY_HEADER = { kind: 'http-header', headers: { 'x-hook-key': 'key-of-the-hook' } };

type Fields = Readonly<Record<string, unknown>>;
type Settings = Readonly<Record<string, string>>;

export interface Receiving {
  /** What HOOK_AUTH_FILE says; null for a gateway that has none. */
  readonly ways?: unknown;
  readonly settings?: Settings;
}

/** Provisions an empty emulated Dataverse by `dataverse apply --receiver`, and starts a gateway beside it. */
export async function startReceiving({ ways = BY_HEADER, settings = {} }: Receiving = {}): Promise<ReceivingGateway> {
  const environment = await createEnvironment({ customApis: [] });
  const receiving = new ReceivingGateway(environment);
  await receiving.authenticateBy(ways);
  const { exitCode, stderr } = await receiving.dataverse('apply', '--yes');
  if (exitCode !== 0) throw new Error(stderr);
  await receiving.start(settings);
  return receiving;
}

/** A gateway that Dataverse tells what it raised. */
export class ReceivingGateway {
  private running: RunningGateway | null = null;
  private readonly lines: Fields[] = [];
  private readonly logger = pino({ level: 'debug' }, { write: (line) => void this.lines.push(JSON.parse(line)) });
  private readonly distrust: () => void;
  private readonly hookAuth: string;

  constructor(private readonly environment: Environment) {
    this.distrust = trust(environment.emulator.caCertificate);
    this.hookAuth = join(environment.folder, 'hook-auth.json');
  }

  get emulator(): Emulator {
    return this.environment.emulator;
  }

  get databaseUrl(): string {
    return this.environment.databaseUrl;
  }

  get gateway(): RunningGateway {
    if (this.running === null) throw new Error('the gateway is not started');
    return this.running;
  }

  /** Lines of the log of this name. */
  logged(msg: string): readonly Fields[] {
    return this.lines.filter((line) => line.msg === msg);
  }

  /** `dataverse <args>`. */
  commands(...args: readonly string[]): Promise<CliRun> {
    const environment = { ...this.environment.settings, HOOK_AUTH_FILE: this.hookAuth };
    return runCli(['dataverse', ...args], { environment });
  }

  /** `dataverse <args> --receiver`, with what HOOK_AUTH_FILE says at that time. */
  dataverse(...args: readonly string[]): Promise<CliRun> {
    return this.commands(...args, '--receiver', ORIGIN);
  }

  /** What HOOK_AUTH_FILE says from now on; a gateway reads it at its start. */
  async authenticateBy(ways: unknown): Promise<void> {
    await writeFile(this.hookAuth, JSON.stringify(ways), { mode: 0o600 });
  }

  async start(settings: Settings, hooks: Settings = { HOOK_AUTH_FILE: this.hookAuth }): Promise<void> {
    this.running = await RunningGateway.start(this.environment, { ...hooks, ...settings }, this.logger);
    this.routeTo(this.running.url);
  }

  /** Another gateway on the same store; null: one without HOOK_AUTH_FILE. */
  async restart(ways: unknown, settings: Settings = {}): Promise<void> {
    await this.gateway.stop();
    if (ways === null) return this.start(settings, {});
    await this.authenticateBy(ways);
    await this.start(settings);
  }

  /** Where Dataverse's calls of the gateway get to. */
  routeTo(origin: string): void {
    this.emulator.webhookRoutes.set(ORIGIN, origin);
  }

  /** Resolves with the body of the 202. */
  async publish(key: string): Promise<Fields & { readonly id: string }> {
    const { status, body } = await this.gateway.publish('customer-purchase', purchaseOf(key));
    if (status !== 202) throw new Error(`answered ${status}`);
    return { ...body, id: String(body.id) };
  }

  async event(id: string): Promise<Fields> {
    return (await this.gateway.get(`/v1/events/${id}`)).body;
  }

  /** Resolves with the event once it is confirmed. */
  async confirmed(id: string): Promise<Fields> {
    await until(async () => (await this.event(id)).confirmedAt !== null);
    return this.event(id);
  }

  /** What the event's timeline tells of receipts. */
  async receiptsOf(id: string): Promise<readonly Fields[]> {
    return (await this.gateway.get(`/v1/events/${id}/attempts`)).body.receipts as readonly Fields[];
  }

  /** The samples of a metric, as lines. */
  async metric(name: string): Promise<readonly string[]> {
    const { url, apiKey } = this.gateway;
    const text = await (await fetch(`${url}/metrics`, { headers: { 'X-API-Key': apiKey } })).text();
    return text.split('\n').filter((line) => line.startsWith(name));
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.distrust();
    await this.environment.remove();
  }
}
