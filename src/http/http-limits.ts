import { EVENT_BYTES } from '../contract/event-bytes.js';

/** Bounds on what a connection may cost before and beside the events it brings. All times in milliseconds. */
export interface HttpLimits {
  /** Bytes of a request body: an event is at most 64 KiB, or Dataverse's fan-out loses its content. */
  readonly bodyLimit: number;
  /** Bytes of request line and headers together. */
  readonly maxHeaderSize: number;
  /**
   * Until the headers are complete, and the TLS handshake before them: a till sends them in one packet. A client that
   * sends them byte by byte is no till.
   */
  readonly headersTimeout: number;
  /** Until the whole request is complete: 64 KiB in 30 s is slower than any modem. */
  readonly requestTimeout: number;
  /**
   * How long a connection may be silent in both directions while a request is under way: a client that does not read
   * its answer is cut off then. Longer than the slowest answer takes, and longer than a stream may be silent.
   */
  readonly silenceTimeout: number;
  /** The same after the client has closed its side: it may still wait for its answer, or be gone. */
  readonly halfClosedTimeout: number;
  /**
   * How long a request that is answered already (with 413 for example) may send nothing before its connection is cut.
   * What it does send is dropped, for as long as a request may take: cut off sooner, the client would miss the answer.
   */
  readonly lingerTimeout: number;
  /** How long an idle connection stays: longer than the 60 s of common load balancers, so that they close first. */
  readonly keepAliveTimeout: number;
  /** Open connections; beyond them new ones are closed at once. About 20 KiB of memory each. */
  readonly maxConnections: number;
  /** How often the two request timeouts are checked, and so how late they may take effect. */
  readonly checkInterval: number;
}

export const HTTP_LIMITS: HttpLimits = {
  bodyLimit: EVENT_BYTES,
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  silenceTimeout: 120_000,
  halfClosedTimeout: 10_000,
  lingerTimeout: 5_000,
  keepAliveTimeout: 72_000,
  maxConnections: 10_000,
  checkInterval: 2_000,
};
