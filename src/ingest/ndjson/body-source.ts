import type { IncomingMessage } from 'node:http';
import type { Timers } from '../../kernel/timers.js';

/** What came of waiting for the body of a request to go on. */
export type Arrival =
  | { readonly kind: 'chunk'; readonly bytes: Buffer }
  | { readonly kind: 'end' }
  /** The client is gone, or broke the rules of HTTP. */
  | { readonly kind: 'broken' }
  /** Nothing came that `relax` was called for, for too long. */
  | { readonly kind: 'late' }
  /** `stop` was called. */
  | { readonly kind: 'stopped' };

export interface BodySourceOptions {
  readonly raw: IncomingMessage;
  readonly timers: Timers;
  readonly patienceMs: number;
}

/**
 * The body of a request, read only as it is asked for: bytes that nobody asks for stay with the network, and slow the
 * sender down. Patience counts while it is waited for, not while others work.
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

  /** What has come since, or comes next. After anything but a chunk, nothing more does. */
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

  /** Waits without reading; true where that was cut short, because the client is gone or `stop` was called. */
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

  /** What was waited for has come: patience begins anew. */
  relax(): void {
    this.callOff?.();
    this.callOff = null;
    this.isLate = false;
  }

  /** Whoever waits is told, and whoever asks; what has come and was not asked for is left. */
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

  /** Leaves the rest of the body to whoever wants it. */
  close(): void {
    this.relax();
    this.raw.off('readable', this.notice).off('end', this.notice).off('error', this.notice).off('close', this.notice);
    // Without anybody to hear it, an error of a connection that is gone would end the process.
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
