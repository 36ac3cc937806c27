import type { InputFault } from '../contract/validate-event.js';
import { PROBLEM_TYPES, type ProblemSlug } from './problem-types.js';

export interface ProblemOptions extends ErrorOptions {
  readonly errors?: readonly InputFault[];
  /** Headers the answer needs, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a request with a problem. The detail is read by the caller: no value of the input, no secret. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly errors: readonly InputFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly slug: ProblemSlug,
    detail: string,
    { errors = [], headers = {}, ...options }: ProblemOptions = {},
  ) {
    super(detail, options);
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return PROBLEM_TYPES[this.slug].status;
  }
}
