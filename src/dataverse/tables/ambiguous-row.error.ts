/** The target of a write is not exactly one row: it is missing, or there are several. Nothing was written. */
export class AmbiguousRowError extends Error {
  override readonly name = 'AmbiguousRowError';

  constructor(set: string, filter: string, count: number) {
    super(`${count === 0 ? 'No row' : 'More than one row'} of ${set} is found by ${filter}; nothing was written`);
  }
}
