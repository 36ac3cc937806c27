import type { Authenticator } from './authenticator.js';
import type { FailingNetworks } from './failing-networks.js';
import { looksLikeToken } from './oidc/inspect-token.js';
import type { TokenAuthenticator } from './oidc/token-authenticator.js';
import type { Turn } from './oidc/token-verifier.js';
import type { Principal } from './principal.js';
import { Refusal } from './refusal.js';
import { TurnsByName } from './turns-by-name.js';

const NO_KEY = new Refusal('invalid', 'The API key is not valid, or no longer valid.');

/** The steps for a token: is it in memory, is anything wrong at first sight, and then its signature. */
export type Tokens = Pick<TokenAuthenticator, 'recall' | 'inspect' | 'verify'>;

export interface CredentialsParts {
  readonly keys: Authenticator;
  /** Null where no issuer is set. */
  readonly tokens: Tokens | null;
  readonly failing: FailingNetworks;
}

/**
 * Finds out who sent a credential, an API key or a token. Credentials in use are answered from memory, at once. Others
 * cost a look into the store or at a signature. For a network where many failed, signatures are checked one at a time:
 * so guesses cannot take up the processor, and a valid newcomer among them is not turned away.
 */
export class Credentials {
  private readonly turns = new TurnsByName();

  constructor(private readonly parts: CredentialsParts) {}

  /** `network` is called only where it matters. Rejects with an `issuer-unavailable` problem, or the store's error. */
  identify(credential: string, network: () => string): Principal | Refusal | Promise<Principal | Refusal> {
    const { keys, tokens } = this.parts;
    if (tokens !== null && looksLikeToken(credential)) return this.identifyToken(tokens, credential, network);
    const found = keys.authenticate(credential);
    return found instanceof Promise ? found.then((known) => known ?? NO_KEY) : (found ?? NO_KEY);
  }

  private identifyToken(
    tokens: Tokens,
    token: string,
    network: () => string,
  ): Principal | Refusal | Promise<Principal | Refusal> {
    const known = tokens.recall(token) ?? tokens.inspect(token);
    if (known !== null) return known;
    const origin = network();
    const turn: Turn = (look) => (this.parts.failing.isSlowed(origin) ? this.turns.run(origin, look) : look());
    return tokens.verify(token, turn);
  }
}
