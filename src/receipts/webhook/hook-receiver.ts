import type { HookAuth } from '../../kernel/hook-auth.js';
import { HookAuthenticator } from './hook-authenticator.js';

/** Whether receipts come over HTTP, and how they are authenticated. */
export class HookReceiver {
  /** Null where the settings do not say how Dataverse authenticates: then every post is refused. */
  readonly authenticator: HookAuthenticator | null;

  constructor(ways: readonly HookAuth[] | null) {
    this.authenticator = ways === null ? null : new HookAuthenticator(ways);
  }
}
