import { Option } from 'commander';
import { readReason } from '../operations/admin/reason.js';
import { readOption } from './read-option.js';

/** Why somebody does something, for the audit. */
export function reasonOption(): Option {
  return new Option('--reason <text>', 'why; stands in the audit').argParser(readOption(readReason));
}
