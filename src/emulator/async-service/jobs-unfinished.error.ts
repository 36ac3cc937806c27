/** System jobs that were waited for have not come to their end in time. */
export class JobsUnfinishedError extends Error {
  constructor(
    readonly unfinished: number,
    why: string,
  ) {
    super(`${unfinished} system jobs are unfinished ${why}.`);
    this.name = 'JobsUnfinishedError';
  }
}
