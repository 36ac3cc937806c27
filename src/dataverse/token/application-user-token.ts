import type { Clock, EpochMs } from '../../kernel/clock.js';
import type { AccessToken, AcquireToken, NoToken, TokenResult } from './access-token.js';

/** A token is renewed this long before it expires; a short-lived one after nine tenths of its life. */
const MARGIN_MS = 5 * 60 * 1000;
const MARGIN_SHARE = 0.1;

/** After a failed renewal, how long a token that is still valid is used before the next try. */
const RENEWAL_PAUSE_MS = 30_000;

/**
 * The token of one application user, for all its calls. MSAL alone would send one token request per caller: twenty
 * calls on an empty cache make twenty. Here callers that come while a request is under way wait for that one.
 */
export class ApplicationUserToken {
  private current: AccessToken | null = null;
  private renewFrom: EpochMs = 0;
  private acquiring: Promise<TokenResult> | null = null;

  constructor(
    private readonly acquire: AcquireToken,
    private readonly clock: Clock,
  ) {}

  /** The token to call with; requests one only where there is none, or the present one is about to expire. */
  async get(signal: AbortSignal): Promise<TokenResult> {
    const now = this.clock.now();
    const held = this.current;
    if (held !== null && now < this.renewFrom) return held;
    const result = await this.next(signal);
    if (result.kind === 'token' || held === null || held.expiresAt <= this.clock.now()) return result;
    this.renewFrom = Math.min(this.clock.now() + RENEWAL_PAUSE_MS, held.expiresAt);
    return held;
  }

  /**
   * Another token than the one that Dataverse refused: the current one if that was replaced since, otherwise a new one.
   * However many calls met the same refused token, one request is made.
   */
  async refresh(refused: AccessToken, signal: AbortSignal): Promise<TokenResult> {
    if (this.current !== null && this.current !== refused) return this.current;
    return this.next(signal);
  }

  private next(signal: AbortSignal): Promise<TokenResult> {
    this.acquiring ??= this.acquire().then((result) => this.keep(result));
    return untilAborted(this.acquiring, signal);
  }

  private keep(result: TokenResult): TokenResult {
    this.acquiring = null;
    if (result.kind === 'token') {
      const now = this.clock.now();
      this.current = result;
      this.renewFrom = result.expiresAt - Math.min(MARGIN_MS, (result.expiresAt - now) * MARGIN_SHARE);
    }
    return result;
  }
}

/** One caller may give up waiting; the request goes on for the others. */
function untilAborted(pending: Promise<TokenResult>, signal: AbortSignal): Promise<TokenResult> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(gaveUp(signal));
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    pending.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function gaveUp(signal: AbortSignal): NoToken {
  const timedOut = (signal.reason as Error | undefined)?.name === 'TimeoutError';
  return {
    kind: 'no-token',
    outcome: { kind: timedOut ? 'unavailable' : 'uncertain' },
    status: null,
    code: timedOut ? 'ETIMEDOUT' : 'ABORTED',
    detail: timedOut ? 'no token came in time' : 'cut off while waiting for a token',
  };
}
