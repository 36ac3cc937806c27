import type { InputFault } from '../kernel/input-fault.js';
import type { ProblemMembers } from './problem.js';
import { PROBLEM_TYPES, type ProblemSlug } from './problem-types.js';

export interface ProblemOptions extends ErrorOptions {
  readonly errors?: readonly InputFault[];
  /** Headers the answer needs, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What programs need to continue, as extension members of the problem (RFC 9457, section 3.2). */
  readonly members?: ProblemMembers;
}

/** Ends a request with a problem. The detail is read by the caller: no value of the input, no secret. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly errors: readonly InputFault[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: ProblemMembers;

  constructor(
    readonly slug: ProblemSlug,
    detail: string,
    { errors = [], headers = {}, members = {}, ...options }: ProblemOptions = {},
  ) {
    super(detail, options);
    this.errors = errors;
    this.headers = headers;
    this.members = members;
  }

  get status(): number {
    return PROBLEM_TYPES[this.slug].status;
  }
}
