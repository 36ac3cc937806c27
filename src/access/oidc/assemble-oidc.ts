import { Agent } from 'node:https';
import type { Clock } from '../../kernel/clock.js';
import type { Timers } from '../../kernel/timers.js';
import type { AccessJournal } from '../access-journal.js';
import type { AccessOptions, OidcOptions } from '../access-options.js';
import { IssuerKeys } from './issuer-keys.js';
import { readIssuer } from './read-issuer.js';
import { TokenAuthenticator } from './token-authenticator.js';

export interface OidcParts {
  readonly options: AccessOptions;
  readonly journal: AccessJournal;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Authenticates tokens, and holds the keys for that, which have to be started and stopped. */
export interface Oidc {
  readonly keys: IssuerKeys;
  readonly tokens: TokenAuthenticator;
}

/** Null where no issuer is set. */
export function assembleOidc({ options, journal, clock, timers }: OidcParts): Oidc | null {
  const { oidc, clientRate: rate } = options;
  if (oidc === null) return null;
  const { issuer, audience } = oidc;
  const agent = agentFor(oidc);
  const keys = new IssuerKeys({ read: (signal) => readIssuer({ issuer, agent, signal }), journal, clock, timers });
  return { keys, tokens: new TokenAuthenticator({ expected: { issuer, audience }, keys, clock, rate }) };
}

function agentFor({ proxy }: OidcOptions): Agent {
  const proxyEnv = proxy === undefined ? {} : { HTTPS_PROXY: proxy.url, NO_PROXY: proxy.except ?? '' };
  return new Agent({ keepAlive: false, proxyEnv });
}
