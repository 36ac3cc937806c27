import { InvalidArgumentError, Option } from 'commander';

/** Ten years: a key that should work longer can be one that never expires. */
const MAX_DAYS = 3650;

/** `--expires-in-days`, for commands that hand out a key. */
export function expiryOption(): Option {
  const option = new Option('--expires-in-days <days>', 'when the new key ends by itself; without it, never');
  return option.argParser(daysOf);
}

function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d{1,4}$/.test(text) && days >= 1 && days <= MAX_DAYS) return days;
  throw new InvalidArgumentError(`It is a whole number of days from 1 to ${MAX_DAYS}.`);
}
