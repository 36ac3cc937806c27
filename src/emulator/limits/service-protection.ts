import type { EpochMs } from '../../kernel/clock.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { ServiceProtectionLimits } from './service-protection-limits.js';
import { UserLimits } from './user-limits.js';

/** The current limits, and how much each user has used on each web server. */
export class ServiceProtection {
  #users = new Map<string, UserLimits>();
  readonly #own = new Map<string, Partial<ServiceProtectionLimits>>();

  constructor(
    private current: ServiceProtectionLimits,
    private readonly points: UnconfirmedPoints,
  ) {}

  /** The limits of every user that has none of its own. */
  get limits(): ServiceProtectionLimits {
    return this.current;
  }

  limitsOf(clientId: string): ServiceProtectionLimits {
    const own = this.#own.get(clientId);
    return own === undefined ? this.current : { ...this.current, ...own };
  }

  /**
   * New limits apply at once; the counts stay, and so do limits that are left out. With a client id they become that
   * user's own and replace those it had: a limit that is left out is then the common one, and an empty object removes
   * the user's own limits.
   */
  change(limits: Partial<ServiceProtectionLimits>, clientId: string | null = null): void {
    if (clientId === null) this.current = { ...this.current, ...limits };
    else this.#own.set(clientId, limits);
  }

  /** Forgets what was counted, and every Retry-After with it. */
  reset(): void {
    this.#users = new Map();
  }

  of(clientId: string, webServer: number): UserLimits {
    const key = `${webServer} ${clientId}`;
    const known = this.#users.get(key);
    if (known !== undefined) return known;
    const limits = new UserLimits(() => this.limitsOf(clientId), this.points);
    this.#users.set(key, limits);
    return limits;
  }

  /** The `x-ms-ratelimit-*` headers as they stand after this request; a limit that is off has none. */
  headers(user: UserLimits, now: EpochMs): Record<string, string> {
    const requests = user.remainingRequests(now);
    const executionMs = user.remainingExecutionMs(now);
    return {
      ...(requests === null ? {} : { 'x-ms-ratelimit-burst-remaining-xrm-requests': `${requests}` }),
      ...(executionMs === null ? {} : { 'x-ms-ratelimit-time-remaining-xrm-requests': seconds(executionMs) }),
    };
  }
}

/** As captured: `1,199.25`. By hand, since Intl costs more than the rest of an answer. */
function seconds(ms: number): string {
  const [whole = '0', hundredths = '00'] = (ms / 1000).toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${hundredths}`;
}
