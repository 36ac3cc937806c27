/** How programs in one language are built on a generated client, and started. */
export interface Toolchain {
  readonly language: string;
  /** Why that cannot be done on this machine, or null where it can. */
  missing(): string | null;
  /** Generates and compiles; resolves with the command of each program. */
  build(): Promise<Programs>;
}

/** A command and its arguments. */
export type Command = readonly [command: string, ...args: string[]];

export interface Programs {
  /** The first event, as docs/quick-start.md shows it. */
  readonly firstEvent: Command;
  /** Everything a sender does. */
  readonly walk: Command;
}
