import type { EpochMs } from '../../kernel/clock.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { ServiceProtectionLimits } from './service-protection-limits.js';
import { UserLimits } from './user-limits.js';

/** The limits in force, and where each user stands on each web server. */
export class ServiceProtection {
  #users = new Map<string, UserLimits>();

  constructor(
    private current: ServiceProtectionLimits,
    private readonly points: UnconfirmedPoints,
  ) {}

  get limits(): ServiceProtectionLimits {
    return this.current;
  }

  /** New limits hold at once; what was counted stays counted. */
  change(limits: Partial<ServiceProtectionLimits>): void {
    this.current = { ...this.current, ...limits };
  }

  /** Forgets what was counted, and every Retry-After with it. */
  reset(): void {
    this.#users = new Map();
  }

  of(clientId: string, webServer: number): UserLimits {
    const key = `${webServer} ${clientId}`;
    const known = this.#users.get(key);
    if (known !== undefined) return known;
    const limits = new UserLimits();
    this.#users.set(key, limits);
    return limits;
  }

  admit(user: UserLimits, now: EpochMs): ReturnType<UserLimits['admit']> {
    return user.admit(now, this.current, this.points);
  }

  /** The `x-ms-ratelimit-*` headers as they stand after this request; a limit that is off has none. */
  headers(user: UserLimits, now: EpochMs): Record<string, string> {
    const requests = user.remainingRequests(now, this.current);
    const executionMs = user.remainingExecutionMs(now, this.current);
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
