import type { Clock } from '../kernel/clock.js';
import { applicationUserName, checkDataverseOptions, type DataverseOptions } from './dataverse-options.js';
import { HttpClient } from './http/http-client.js';
import { ApplicationUserToken } from './token/application-user-token.js';
import { entraToken } from './token/entra-token.js';

/**
 * The way to one environment: connections, certificates, proxy, and the tokens of its application users. All callers of
 * Dataverse in a process share one, so that a token is requested once per application user. Throws
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

  /** Aborts when it is closed: waiting before another try is pointless then. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** Closes every connection; calls under way fail. The process can end without it. */
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
