import type { Credential } from './credential.js';
import { DataverseOptionsError } from './dataverse-options.error.js';

/** One identity that sends. Service protection limits are counted per application user. */
export interface ApplicationUser {
  /**
   * The application (client) id; it also names the gate `user:<clientId>`. Null for the machine's only managed
   * identity, which needs no id.
   */
  readonly clientId: string | null;
  readonly credential: Credential;
}

/** Everything the Dataverse destination needs to know; the settings are mapped to it. */
export interface DataverseOptions {
  /** Origin of the environment, `https://org.crm.dynamics.com`; https only, for a token travels with every call. */
  readonly url: string;
  /** Such as `v9.2`. */
  readonly apiVersion: string;
  /** The publisher's customization prefix: custom APIs are named `<prefix>_<event>`. */
  readonly publisherPrefix: string;
  /**
   * Time limit of one attempt in milliseconds. Dataverse gives a call two minutes: with less, some calls still run
   * after the attempt ended.
   */
  readonly timeoutMs: number;
  /** Entra tenant of the application users; null only where a managed identity is the only sender. */
  readonly tenantId: string | null;
  /** Origin of Entra, `https://login.microsoftonline.com` or that of a national cloud; https only. */
  readonly authorityHost: string;
  /** At least one, each client id once. */
  readonly applicationUsers: readonly ApplicationUser[];
  /** PEM certificates to trust instead of those Node trusts; if left out, NODE_EXTRA_CA_CERTS is effective as usual. */
  readonly ca?: string;
  /**
   * A proxy to tunnel through, `http://proxy.contoso.com:8080`, and the hosts that are reached without it,
   * comma-separated as in NO_PROXY. If left out, connections are direct: HTTPS_PROXY is not read here, for only
   * settings read the environment.
   */
  readonly proxy?: { readonly url: string; readonly except?: string };
}

/** Throws `DataverseOptionsError` with everything that is wrong; no secret appears in it. */
export function checkDataverseOptions(options: DataverseOptions): void {
  const ids = options.applicationUsers.map(applicationUserName);
  const others = options.applicationUsers.filter(({ credential }) => credential.kind !== 'managed-identity');
  const faults = [
    ...(isHttpsOrigin(options.url) ? [] : ['url must be an https origin such as https://org.crm.dynamics.com']),
    ...(isHttpsOrigin(options.authorityHost) ? [] : ['authorityHost must be an https origin']),
    ...(/^v\d+\.\d+$/.test(options.apiVersion) ? [] : ['apiVersion must look like v9.2']),
    ...(options.timeoutMs > 0 ? [] : ['timeoutMs must be above 0']),
    ...(others.every(({ clientId }) => clientId !== null) ? [] : ['only a managed identity does without a client id']),
    ...(others.length === 0 || options.tenantId !== null ? [] : ['tenantId is required']),
    ...(ids.length > 0 ? [] : ['there must be at least one application user']),
    ...(new Set(ids).size === ids.length ? [] : ['two application users share one client id']),
  ];
  if (faults.length > 0) throw new DataverseOptionsError(faults);
}

/** The name of an application user in messages: its client id, if it has one. */
export function applicationUserName({ clientId }: Pick<ApplicationUser, 'clientId'>): string {
  return clientId ?? 'managed-identity';
}

function isHttpsOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && `${url.origin}/` === url.href;
}
