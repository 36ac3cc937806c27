import { unknownSegment } from './odata.error.js';
import { splitOutside } from './split-outside.js';

/** One piece of a path: `customapis`, `customapis(uniquename='x')`, `WhoAmI()`. */
export interface PathStep {
  readonly name: string;
  /** What stands in parentheses; null where there are none. */
  readonly inside: string | null;
}

const STEP = /^(\$?[\w.]+)\s*(?:\(([\s\S]*)\))?$/;

/** Splits the decoded path below the service root. Throws an `ODataError` where it is no OData path. */
export function readPath(segment: string): readonly PathStep[] {
  return splitOutside(segment, '/').map((step) => {
    const [, name, inside] = STEP.exec(step) ?? [];
    if (name === undefined) return unknownSegment(step);
    return { name, inside: inside ?? null };
  });
}
