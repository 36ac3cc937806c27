import type { EpochMs } from '../../kernel/clock.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Ends the exchange. A reason named `TimeoutError` says that its time was up. */
  readonly signal: AbortSignal;
  /** How many bytes of an unpacked body are read at most, where the client's own limit does not fit. */
  readonly maxBodyBytes?: number;
}

/** A status line came back. */
export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Returns a header by its name, in any case; null when absent. */
  readonly headers: Pick<Headers, 'get'>;
  /** The part of the body that arrived. */
  readonly body: string;
  /** False where the body was cut off, could not be unpacked, or was longer than we read. */
  readonly complete: boolean;
  readonly receivedAt: EpochMs;
}

/**
 * How far a connection had come. `connecting`: the other side cannot have received a byte of the request. `unverified`:
 * neither has it, because its certificate does not verify, as one of an authority that nobody here trusts.
 * `connected`: it may have received all of it.
 */
export type ConnectionStage = 'connecting' | 'unverified' | 'connected';

/** No status line came back. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly stage: ConnectionStage;
  /**
   * The transport's code, such as ECONNRESET; `ETIMEDOUT` where the time was up and `ABORTED` where the caller gave up.
   */
  readonly code: string;
}

export type HttpAnswer = HttpResponse | HttpFailure;
