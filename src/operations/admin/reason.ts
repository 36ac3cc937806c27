import { reader } from '../../kernel/json-reader.js';

const REASON = /^[^\p{C}\p{Zl}\p{Zp}]{1,500}$/u;

/** Why an operator does something: read in lists, in the audit and on terminals. */
export const readReason = reader(
  (value): value is string => typeof value === 'string' && REASON.test(value),
  'must be a text of 1 to 500 printable characters on one line',
);
