/** System jobs that a caller waited for did not end in time. */
export class JobsUnfinishedError extends Error {
  constructor(
    readonly unfinished: number,
    why: string,
  ) {
    super(`${unfinished} system jobs are unfinished ${why}.`);
    this.name = 'JobsUnfinishedError';
  }
}
