import type { HookAuth } from '../../kernel/hook-auth.js';
import { HookAuthenticator } from './hook-authenticator.js';

/** Whether receipts come over HTTP, and by which proof. */
export class HookReceiver {
  /** Null where nobody said how Dataverse authenticates: then nobody is let in. */
  readonly authenticator: HookAuthenticator | null;

  constructor(ways: readonly HookAuth[] | null) {
    this.authenticator = ways === null ? null : new HookAuthenticator(ways);
  }
}
