import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { UserLeases } from '../outbox/user-leases.js';
import { every } from './every.js';
import { HOLD_EVERY_MS, USER_LEASE_MARGIN_MS, USER_LEASE_MS } from './user-lease.js';

/**
 * Told when an application user was taken over, or is no longer held; not of those held from the beginning. Must
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
 * The application users that this process sends as. Limits, gates and pace belong to an application user, so one
 * process at a time steers it; the store says which.
 */
export class HeldUsers {
  /** Until when each lease surely lasts, by this process's own clock: counted from before the store was asked. */
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

  /**
   * Whether a call as this user may begin. False once the lease's time is over, even while the store cannot be asked.
   */
  isHeld(applicationUser: string, now: EpochMs): boolean {
    return now < (this.surelyUntil.get(applicationUser) ?? 0);
  }

  /** Renews the leases it holds and takes its share. Called twice at once, it asks the store once. */
  hold(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** Keeps renewing until `release`. */
  keep(failed: (error: unknown) => void): void {
    const { timers } = this.parts;
    this.stopKeeping = every(() => this.hold(), { everyMs: HOLD_EVERY_MS, timers, failed });
  }

  /** Lets every user go, for good: other processes need not wait for the leases to end. */
  async release(): Promise<void> {
    this.released = true;
    this.surelyUntil.clear();
    // A request under way could take again what is let go before it ends.
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
    // A lease that lapsed in between may have been another process's.
    const wasHeld = before !== undefined && this.parts.clock.now() < before;
    if (held) this.surelyUntil.set(applicationUser, askedAt + USER_LEASE_MS - USER_LEASE_MARGIN_MS);
    else this.surelyUntil.delete(applicationUser);
    const changed = held ? !wasHeld : before !== undefined;
    if (changed && this.hasBegun) for (const listener of this.listeners) listener({ applicationUser, held });
  }
}
