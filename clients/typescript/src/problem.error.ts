import { parseRetryAfter } from './retry-after.js';

/** One thing that is wrong with an input. */
export interface InputFault {
  /** A JSON pointer (RFC 6901) into what was sent. */
  readonly pointer: string;
  readonly detail: string;
}

/** RFC 9457 problem details, as the gateway writes them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly InputFault[];
}

/** The gateway, or something before it, said no. With a status below 500, but for 408 and 429, saying it again is of no use. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    /** How long the answer asks to wait, or null where it does not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${problem.status} ${slugOf(problem)}: ${problem.detail}`);
  }

  get status(): number {
    return this.problem.status;
  }

  /** What programs decide by, such as `invalid-event`; docs/problems.md of the gateway lists them. */
  get slug(): string {
    return slugOf(this.problem);
  }

  /** Every fault of the input at once. */
  get errors(): readonly InputFault[] {
    return this.problem.errors ?? [];
  }
}

/** The error for an answer that is no success. What is no problem document comes from a proxy, and is put into the form of one. */
export async function problemErrorOf(answer: Response, path: string): Promise<ProblemError> {
  const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), answer.headers.get('date'));
  const body: unknown = await answer.json().catch(() => null);
  if (isProblem(body)) return new ProblemError({ ...body, status: answer.status }, retryAfterMs);
  const detail = `${answer.statusText || 'An answer'} that is no problem document: not from the gateway itself.`;
  return new ProblemError(
    { type: 'about:blank', title: answer.statusText, status: answer.status, detail, instance: path },
    retryAfterMs,
  );
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string';
}

function slugOf({ type }: Problem): string {
  return type.slice(type.lastIndexOf('/') + 1);
}
