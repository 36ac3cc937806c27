import { reader } from '../../http/json-reader.js';

const REASON = /^[^\p{C}\p{Zl}\p{Zp}]{1,500}$/u;

/** What a reason looks like, for messages: it is read in lists, in the audit and on terminals. */
export const REASON_EXPECTATION = 'must be a text of 1 to 500 characters without control characters';

/** Whether a text can stand in the audit as the reason of a deed. */
export function isReason(text: string): boolean {
  return REASON.test(text);
}

/** Why an operator does something. */
export const readReason = reader(
  (value): value is string => typeof value === 'string' && isReason(value),
  REASON_EXPECTATION,
);
