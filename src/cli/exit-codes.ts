/** What a command's exit code means; scripts decide by it. docs/operations.md lists them. */
export const ExitCode = {
  Ok: 0,
  /** It did not work; standard error says why. Trying again may help. */
  Failure: 1,
  /** The command line or a setting is wrong; trying again does not help. */
  Usage: 2,
  /**
   * `dataverse plan` and `dataverse verify` found something to do. The same number as `Usage`, as tools that compare have
   * it; both commands tell which by what they write: a comparison goes to standard output, a fault of usage does not.
   */
  Differs: 2,
  /** It was refused: events were refused, a name is taken, a confirmation is missing. */
  Refused: 3,
  /** What was named does not exist. */
  NotFound: 4,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
