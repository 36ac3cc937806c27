import { reader } from '../../kernel/json-reader.js';

/** A yes or a no. */
export const readFlag = reader((value): value is boolean => typeof value === 'boolean', 'must be true or false');
