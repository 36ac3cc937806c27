import type { Clock } from '../kernel/clock.js';
import { applicationUserName, checkDataverseOptions, type DataverseOptions } from './dataverse-options.js';
import { HttpClient } from './http/http-client.js';
import { ApplicationUserToken } from './token/application-user-token.js';
import { entraToken } from './token/entra-token.js';

/**
 * The way to one environment: connections, certificates, proxy, and the tokens of its application users. Whoever calls
 * Dataverse in this process shares one, so that an application user's token is asked for once. Throws
 * `DataverseOptionsError` at construction.
 */
export class DataverseConnection {
  /** `https://org.crm.dynamics.com` */
  readonly origin: string;
  /** Where the Web API begins, below the origin: `/api/data/v9.2`. */
  readonly root: string;
  /** By name, see `applicationUserName`; at least one. */
  readonly tokens: ReadonlyMap<string, ApplicationUserToken>;
  readonly http: HttpClient;
  private readonly closing = new AbortController();

  constructor(
    readonly options: DataverseOptions,
    readonly clock: Clock,
  ) {
    checkDataverseOptions(options);
    this.origin = new URL(options.url).origin;
    this.root = `/api/data/${options.apiVersion}`;
    this.http = new HttpClient(options, clock);
    this.tokens = this.tokensFor(options);
  }

  get applicationUsers(): readonly string[] {
    return [...this.tokens.keys()];
  }

  /** Aborts when it is closed: whoever waits before trying again waits in vain. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** Lets go of every connection; calls under way fail. Not needed for the process to end. */
  close(): void {
    this.closing.abort();
    this.http.close();
  }

  private tokensFor({ tenantId, ...options }: DataverseOptions): ReadonlyMap<string, ApplicationUserToken> {
    const authorityHost = new URL(options.authorityHost).origin;
    return new Map(
      options.applicationUsers.map((user) => {
        const client = { ...user, tenantId, authorityHost, resource: this.origin };
        return [applicationUserName(user), new ApplicationUserToken(entraToken(client, this.http), this.clock)];
      }),
    );
  }
}
