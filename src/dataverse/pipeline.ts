import type { Answer, NotSent } from './answer.js';

/** A call of the Web API on its way through the pipeline; each step hands on a copy with its own part added. */
export interface WebApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether it may run twice; false by default. A caller that repeats it has to ask for that. */
  readonly repeatable?: boolean;
  /** How many bytes of the answer's body are read at most, where the usual limit does not fit. */
  readonly maxBodyBytes?: number;
  readonly applicationUser: string;
  /** W3C trace context of the request that brought the event, or null. */
  readonly traceparent: string | null;
  readonly signal: AbortSignal;
  /** Asked right before the request is written, each time. */
  readonly mayStillSend: () => boolean;
  /** Told the result of each try, where a request may have several; its answer is that of the last. */
  readonly onTry?: (answer: Answer | NotSent) => void;
}

export type Send = (request: WebApiRequest) => Promise<Answer | NotSent>;

/** A step that every call passes through: it may change the request or the answer, or call `next` more than once. */
export type Step = (request: WebApiRequest, next: Send) => Promise<Answer | NotSent>;

/** Puts steps in front of a sender; the first one is outermost. */
export function pipeline(steps: readonly Step[], send: Send): Send {
  return steps.reduceRight<Send>((next, step) => (request) => step(request, next), send);
}
