import type { Command } from 'commander';

/** The command that others stand under, such as `clients`; made by whoever registers first. */
export function commandGroup(program: Command, name: string, description: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(description);
}
