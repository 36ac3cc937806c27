import { toldOf } from '../kernel/fault-list.js';
import type { InputFault } from '../kernel/input-fault.js';
import { PROBLEM_TYPES, type ProblemSlug } from './problem-types.js';

/** Members that only problems of one endpoint have. */
export interface ProblemMembers {
  /** After a replay that was cut off: how many events were replayed. */
  readonly count?: number;
  /** After a replay that was cut off: the cursor where the next one goes on. */
  readonly after?: string;
}

/** RFC 9457 problem details, as they are sent. */
export interface Problem extends ProblemMembers {
  /** `/problems/<slug>`: what programs decide by. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened in this case; never holds a value of the input. */
  readonly detail: string;
  /** The path of the request. */
  readonly instance: string;
  /** Every fault of an input at once, up to a bound; absent where nothing can be pointed at. */
  readonly errors?: readonly InputFault[];
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What is specific to one occurrence of a problem. */
export interface Occurrence {
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly InputFault[];
  readonly members?: ProblemMembers;
}

/** One occurrence of a problem type. */
export function problemOf(slug: ProblemSlug, { detail, instance, errors = [], members = {} }: Occurrence): Problem {
  const { title, status } = PROBLEM_TYPES[slug];
  const problem = { type: `/problems/${slug}`, title, status, detail, instance, ...members };
  return errors.length === 0 ? problem : { ...problem, errors: toldOf(errors) };
}
