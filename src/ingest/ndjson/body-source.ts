import type { IncomingMessage } from 'node:http';
import type { Timers } from '../../kernel/timers.js';

/** What ended a wait for more of a request's body. */
export type Arrival =
  | { readonly kind: 'chunk'; readonly bytes: Buffer }
  | { readonly kind: 'end' }
  /** The client is gone, or broke the rules of HTTP. */
  | { readonly kind: 'broken' }
  /** For too long nothing came; `relax` starts that time anew. */
  | { readonly kind: 'late' }
  /** `stop` was called. */
  | { readonly kind: 'stopped' };

export interface BodySourceOptions {
  readonly raw: IncomingMessage;
  readonly timers: Timers;
  readonly patienceMs: number;
}

/**
 * The body of a request, read only on demand: bytes that were not asked for stay in the network and slow the sender
 * down. The patience runs only while this waits for the client, not while others work.
 */
export class BodySource {
  private readonly raw: IncomingMessage;
  private wake: () => void = () => undefined;
  private isBroken = false;
  private isLate = false;
  private isStopped = false;
  private callOff: (() => void) | null = null;

  constructor(private readonly options: BodySourceOptions) {
    this.raw = options.raw;
    this.isBroken = this.raw.destroyed && !this.raw.readableEnded;
    this.raw.on('readable', this.notice).on('end', this.notice).on('error', this.notice).on('close', this.notice);
  }

  /** The bytes that came since, or come next. After anything but a chunk, nothing follows. */
  async next(): Promise<Arrival> {
    for (;;) {
      if (this.isStopped) return { kind: 'stopped' };
      const bytes = this.raw.read() as Buffer | null;
      if (bytes !== null) return { kind: 'chunk', bytes };
      const end = this.endOf();
      if (end !== null) return { kind: end };
      this.callOff ??= this.options.timers.after(this.options.patienceMs, () => this.tell(() => (this.isLate = true)));
      await this.change();
    }
  }

  /** Waits without reading; true where the wait was cut short, because the client is gone or `stop` was called. */
  async rest(ms: number): Promise<boolean> {
    let isOver = false;
    const callOff = this.options.timers.after(ms, () => {
      isOver = true;
      this.wake();
    });
    while (!isOver && !this.isStopped && !this.isBroken) await this.change();
    callOff();
    return !isOver;
  }

  /** What was waited for has come: the patience begins anew. */
  relax(): void {
    this.callOff?.();
    this.callOff = null;
    this.isLate = false;
  }

  /** Tells those who wait now, and those who ask later; bytes that came and were not asked for are left. */
  stop(): void {
    this.tell(() => (this.isStopped = true));
  }

  private endOf(): 'end' | 'broken' | 'late' | null {
    if (this.raw.readableEnded) return 'end';
    if (this.isBroken) return 'broken';
    return this.isLate ? 'late' : null;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** Leaves the rest of the body to others. */
  close(): void {
    this.relax();
    this.raw.off('readable', this.notice).off('end', this.notice).off('error', this.notice).off('close', this.notice);
    // An error of a lost connection that nobody listens to would end the process.
    this.raw.on('error', () => undefined);
  }

  private readonly notice = (): void => {
    this.isBroken = this.raw.destroyed && !this.raw.readableEnded;
    this.wake();
  };

  private tell(note: () => void): void {
    note();
    this.wake();
  }
}
