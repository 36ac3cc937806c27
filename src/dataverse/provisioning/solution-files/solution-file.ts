/** One file of an exported solution. */
export interface SolutionFile {
  /** From the solution's root, with `/` on every platform. */
  readonly path: string;
  readonly text: string;
}
