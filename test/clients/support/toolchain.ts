/** How programs in one language are built on a client of the document, and started. */
export interface Toolchain {
  readonly language: string;
  /** Why that cannot be done on this machine, or null where it can. */
  missing(): string | null;
  /** Makes the client and compiles; resolves with the programs, which print a line `accepted <id>` for each event. */
  build(): Promise<readonly Command[]>;
}

/** A command and its arguments. */
export type Command = readonly [command: string, ...args: string[]];
