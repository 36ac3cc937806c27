import type { CustomApi } from '../contract/custom-api.js';
import { assemble, type EmulatorParts, originsOf } from './assemble.js';
import type { AsyncService } from './async-service/async-service.js';
import type { EmulatorOptions } from './emulator-options.js';
import type { EmulatorSettings } from './emulator-settings.js';
import type { NewApplicationUser } from './entra/application-user.js';
import type { Fault, FaultAim, FaultMatch, FaultOfKind } from './faults/fault.js';
import type { EarlyCalls } from './limits/retry-after-watch.js';
import type { ServiceProtectionLimits } from './limits/service-protection-limits.js';
import { forget } from './organization.js';
import type { ReceivedCall } from './received/received-call.js';
import type { RequestRecord } from './received/request-log.js';
import { listen } from './server/listen.js';
import type { Tables } from './tables/tables.js';

/**
 * A local Entra and Dataverse on one HTTPS address, in this process; also over HTTP at `/_emulator/`: docs/emulator.md.
 */
export class Emulator {
  readonly tenantId: string;
  /** PEM; the certificate that clients have to trust. */
  readonly caCertificate: string;
  /** The same as a file, for `NODE_EXTRA_CA_CERTS`; null where no folder was given. */
  readonly caCertificatePath: string | null;
  /** May be written to at any time. */
  readonly settings: EmulatorSettings;
  /** The rows of the organization: custom APIs, catalogs, steps, users and the rest. */
  readonly tables: Tables;
  /** Runs the asynchronous steps of calls: hold it, wait for it, see what it posted. */
  readonly asyncService: AsyncService;
  /** Where addresses of endpoints lead on this machine, by origins. May be written to at any time. */
  readonly webhookRoutes: Map<string, string>;
  #stopped: Promise<void> | null = null;

  private constructor(private readonly parts: EmulatorParts) {
    const { tenantId, settings, tables, asyncService, webhookRoutes } = parts.organization;
    this.tenantId = tenantId;
    this.caCertificate = parts.identity.caCertificate;
    this.caCertificatePath = parts.identity.caCertificatePath;
    this.settings = settings;
    this.tables = tables;
    this.asyncService = asyncService;
    this.webhookRoutes = webhookRoutes;
  }

  /** Resolves once it accepts connections. Rejects where the port is taken or the folder cannot be written. */
  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const parts = await assemble(options);
    const emulator = new Emulator(parts);
    try {
      const port = await listen(parts.server, options.host ?? 'localhost', options.port ?? 0);
      parts.organization.origins.push(...originsOf(options.hostNames ?? [], port));
      parts.organization.asyncService.start();
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    return emulator;
  }

  /** `https://localhost:<port>`: the organization's address, and what scopes are made of. */
  get url(): string {
    return this.parts.organization.origins[0] ?? '';
  }

  /** Where tokens are issued: the same origin. MSAL wants its host and port among `knownAuthorities`. */
  get authorityHost(): string {
    return this.url;
  }

  get customApis(): readonly CustomApi[] {
    return this.parts.organization.customApis.contracts();
  }

  /** Adds a custom API, or replaces the one of its unique name. */
  putCustomApi(api: CustomApi): void {
    this.parts.organization.customApis.put(api);
  }

  /** False where there was none of this name. */
  removeCustomApi(uniqueName: string): boolean {
    return this.parts.organization.customApis.remove(uniqueName);
  }

  /** The calls it accepted, oldest first; at most `receivedCap` of the newest. */
  received(): readonly ReceivedCall[] {
    return this.parts.organization.received.all();
  }

  /** How many calls it accepted in all. */
  get receivedCount(): number {
    return this.parts.organization.received.total;
  }

  /** Resolves with the accepted calls once there are `count`; rejects with `TooFewReceivedError` at the deadline. */
  whenReceived(count: number, deadlineMs = 5000): Promise<readonly ReceivedCall[]> {
    return this.parts.organization.received.whenTotal(count, deadlineMs);
  }

  /** Every request with what became of it, refused ones too, oldest first. */
  requests(): readonly RequestRecord[] {
    return this.parts.organization.requests.all();
  }

  /** How many requests were answered by 429, because of any limit or fault. */
  get throttledCount(): number {
    return this.parts.organization.requests.throttled;
  }

  /** Calls that came although their user had been told to wait. */
  earlyCalls(): EarlyCalls {
    return this.parts.organization.watch.early();
  }

  /** Forgets calls, requests, faults and what counted towards limits; tables, users and tokens stay. */
  reset(): void {
    forget(this.parts.organization);
  }

  /** Orders a fault; the fault ordered first strikes first. */
  fault(fault: Fault): void {
    this.parts.organization.faults.order(fault);
  }

  /** 429 for the next requests, this many, even if no limit is reached. */
  throttleNext(times: number, how: FaultOfKind<'throttle'> = {}): void {
    this.fault({ kind: 'throttle', ...how, times });
  }

  /** An answer in place of the true one: before the commit unless `when` says otherwise. */
  failNext(answer: FaultOfKind<'status'>): void {
    this.fault({ kind: 'status', ...answer });
  }

  resetBeforeCommit(aim: FaultAim = {}): void {
    this.fault({ kind: 'reset', when: 'before-commit', ...aim });
  }

  resetAfterCommit(aim: FaultAim = {}): void {
    this.fault({ kind: 'reset', when: 'after-commit', ...aim });
  }

  /** No answer until `releaseHanging`; before the commit unless told otherwise. */
  hang(how: FaultOfKind<'hang'> = {}): void {
    this.fault({ kind: 'hang', ...how });
  }

  /** Lets hanging requests go on where they were held. */
  releaseHanging(): void {
    this.parts.organization.faults.releaseHanging();
  }

  /** 401 for the next request, as if its token had just expired. */
  expireTokenOnNext(match: FaultMatch = {}): void {
    this.fault({ kind: 'expired-token', match });
  }

  clearFaults(): void {
    this.parts.organization.faults.clear();
  }

  /** Adds an application user, or replaces the one of its client id. */
  registerApplicationUser(user: NewApplicationUser): void {
    this.parts.organization.users.register(user);
  }

  /** The client's secret is invalid from now on; its tokens stay valid. False: no such client. */
  revokeSecret(clientId: string): boolean {
    return this.parts.organization.users.revokeSecret(clientId);
  }

  /** Ends every token handed out so far, or those of one client. */
  revokeTokens(clientId: string | null = null): void {
    this.parts.organization.tokens.revoke(clientId);
  }

  get limits(): ServiceProtectionLimits {
    return this.parts.organization.protection.limits;
  }

  /** New limits apply from the next request: to all users, or to one as its own; see `ServiceProtection.change`. */
  changeLimits(limits: Partial<ServiceProtectionLimits>, clientId: string | null = null): void {
    this.parts.organization.protection.change(limits, clientId);
  }

  /** Cuts every connection; resolves when everything has ended. May be called again. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.parts.organization.faults.stop();
    await this.parts.organization.asyncService.stop();
    await this.parts.server.close();
    this.parts.folder?.close();
  }
}
