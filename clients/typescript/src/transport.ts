import { NoAnswerError } from './no-answer.error.js';
import { problemErrorOf } from './problem.error.js';
import { type Patience, repeat, type Timing } from './repeat.js';

/** What one call may say for itself. */
export interface CallOptions {
  /** Ends the call, its pauses too, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds for all attempts together, in place of the client's. */
  readonly deadlineMs?: number;
}

export interface CallRequest extends CallOptions {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; sent byte for byte the same in every attempt. */
  readonly body?: string;
  /** How much longer an attempt may take because the gateway was asked to wait. */
  readonly waitMs?: number;
}

export interface Answered {
  readonly headers: Headers;
  readonly body: unknown;
}

interface TransportParts {
  readonly baseUrl: string;
  readonly credential: string | (() => string | Promise<string>);
  readonly patience: Patience;
  readonly timing: Timing;
  readonly fetch: typeof fetch;
}

/** Calls the gateway: every call is safe to repeat, for reads change nothing and events are known by their keys. */
export class Transport {
  constructor(private readonly parts: TransportParts) {}

  get patience(): Patience {
    return this.parts.patience;
  }

  get timing(): Timing {
    return this.parts.timing;
  }

  /** The answer of the first attempt that succeeds. Throws a `ProblemError`, a `NoAnswerError` or the signal's reason. */
  async call(request: CallRequest): Promise<Answered> {
    const { patience, timing } = this.parts;
    const deadlineMs = request.deadlineMs ?? patience.deadlineMs;
    return repeat((leftMs) => this.attempt(request, leftMs), { ...patience, deadlineMs }, timing, request.signal);
  }

  private async attempt(request: CallRequest, leftMs: number): Promise<Answered> {
    const { signal, waitMs = 0 } = request;
    signal?.throwIfAborted();
    const credential = await this.credential();
    const attemptMs = Math.min(leftMs, this.parts.patience.attemptTimeoutMs + waitMs);
    const late = AbortSignal.timeout(Math.ceil(attemptMs));
    try {
      return await this.exchange(request, credential, signal === undefined ? late : AbortSignal.any([signal, late]));
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }

  private async exchange(request: CallRequest, credential: string, signal: AbortSignal): Promise<Answered> {
    const { method, path, body } = request;
    // What cannot be sent at all throws here, as the mistake it is, and is not taken for a network that fails.
    const url = new URL(`${this.parts.baseUrl}${path}`);
    const headers = new Headers({ Authorization: `Bearer ${credential}`, ...request.headers });
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const answer = await orNoAnswer(() =>
      this.parts.fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        // A credential goes nowhere but where it was meant for.
        redirect: 'manual',
        signal,
      }),
    );
    if (!answer.ok) throw await problemErrorOf(answer, path);
    return { headers: answer.headers, body: await orNoAnswer(() => answer.json()) };
  }

  private async credential(): Promise<string> {
    const { credential } = this.parts;
    return typeof credential === 'string' ? credential : credential();
  }
}

async function orNoAnswer<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw new NoAnswerError('The gateway gave no answer that could be read.', { cause });
  }
}
