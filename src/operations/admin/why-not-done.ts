import { assertNever } from '../../kernel/assert-never.js';
import type { ActionResult } from '../../outbox/operator-actions.js';

type Refused = Extract<ActionResult, { kind: 'illegal' | 'no-data' }>;

/**
 * Why an operator's action left an event as it was, in a sentence for HTTP and commands alike. `refusal` completes
 * "An event that is pending is not ...", such as "cancelled".
 */
export function whyNotDone(result: Refused, refusal: string): string {
  switch (result.kind) {
    case 'illegal':
      return `An event that is ${result.status} is not ${refusal}.`;
    case 'no-data':
      return `The event is ${result.status} and its content is gone.`;
    default:
      return assertNever(result);
  }
}
