import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { UserLeases } from '../outbox/user-leases.js';
import { every } from './every.js';
import { HOLD_EVERY_MS, USER_LEASE_MARGIN_MS, USER_LEASE_MS } from './user-lease.js';

/**
 * Told when an application user was taken over, or is no longer this process's; not of those it begins with. Must
 * neither throw nor wait.
 */
export type HeldUsersListener = (change: { readonly applicationUser: string; readonly held: boolean }) => void;

export interface HeldUsersParts {
  readonly userLeases: UserLeases;
  /** Names this process in the store; new at every start. */
  readonly owner: string;
  readonly applicationUsers: readonly string[];
  readonly clock: Clock;
  readonly timers: Timers;
}

/**
 * The application users this process sends as. Limits, gates and pace are an application user's, so one process at a
 * time steers it; which one, the store says.
 */
export class HeldUsers {
  /** Until when each lease surely lasts: counted from before the store was asked, by this process's own clock. */
  private readonly surelyUntil = new Map<string, EpochMs>();
  private readonly listeners: HeldUsersListener[] = [];
  private asking: Promise<void> | null = null;
  private hasBegun = false;
  private released = false;
  private stopKeeping = async () => {};

  constructor(private readonly parts: HeldUsersParts) {}

  onChange(listener: HeldUsersListener): void {
    this.listeners.push(listener);
  }

  /** Whether a call as this user may begin. False from the lease's time on, even while the store cannot be asked. */
  isHeld(applicationUser: string, now: EpochMs): boolean {
    return now < (this.surelyUntil.get(applicationUser) ?? 0);
  }

  /** Renews what is held and takes what is this process's share. Asked twice at once, the store is asked once. */
  hold(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** Goes on holding until `release`. */
  keep(failed: (error: unknown) => void): void {
    const { timers } = this.parts;
    this.stopKeeping = every(() => this.hold(), { everyMs: HOLD_EVERY_MS, timers, failed });
  }

  /** Lets every user go, for good: others need not wait for the leases to end. */
  async release(): Promise<void> {
    this.released = true;
    this.surelyUntil.clear();
    // A question under way could take again what is let go before it.
    await Promise.allSettled([this.stopKeeping(), this.asking]);
    await this.parts.userLeases.release(this.parts.owner);
  }

  private async ask(): Promise<void> {
    const { userLeases, owner, applicationUsers, clock } = this.parts;
    if (this.released) return;
    const askedAt = clock.now();
    const leases = await userLeases.hold({ owner, applicationUsers, leaseMs: USER_LEASE_MS });
    if (this.released) return;
    const held = new Set(leases.map(({ applicationUser }) => applicationUser));
    for (const user of applicationUsers) this.learn(user, held.has(user), askedAt);
    this.hasBegun = true;
  }

  private learn(applicationUser: string, held: boolean, askedAt: EpochMs): void {
    const before = this.surelyUntil.get(applicationUser);
    // One that lapsed in between may have been another's.
    const wasHeld = before !== undefined && this.parts.clock.now() < before;
    if (held) this.surelyUntil.set(applicationUser, askedAt + USER_LEASE_MS - USER_LEASE_MARGIN_MS);
    else this.surelyUntil.delete(applicationUser);
    const changed = held ? !wasHeld : before !== undefined;
    if (changed && this.hasBegun) for (const listener of this.listeners) listener({ applicationUser, held });
  }
}
