import type { Answer, NotSent } from './answer.js';

/** A call of the Web API on its way through the pipeline; each step hands on a copy with its own part added. */
export interface WebApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether it may run twice; false where nothing is said. Who repeats asks. */
  readonly repeatable?: boolean;
  /** Bytes of the answer's body that are read at most, where the usual will not do. */
  readonly maxBodyBytes?: number;
  readonly applicationUser: string;
  /** W3C trace context of the request that brought the event, or null. */
  readonly traceparent: string | null;
  readonly signal: AbortSignal;
  /** Asked right before the request is written, each time. */
  readonly mayStillSend: () => boolean;
  /** Told what came of each try, where a request may have several: its answer is that of the last. */
  readonly onTry?: (answer: Answer | NotSent) => void;
}

export type Send = (request: WebApiRequest) => Promise<Answer | NotSent>;

/** Something every call passes through: may change the request, the answer, or ask `next` more than once. */
export type Step = (request: WebApiRequest, next: Send) => Promise<Answer | NotSent>;

/** Puts steps in front of a sender, the first outermost. */
export function pipeline(steps: readonly Step[], send: Send): Send {
  return steps.reduceRight<Send>((next, step) => (request) => step(request, next), send);
}
