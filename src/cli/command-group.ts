import type { Command } from 'commander';

/** The command that others belong to, such as `clients`; the first of them to register makes it. */
export function commandGroup(program: Command, name: string, description: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(description);
}
