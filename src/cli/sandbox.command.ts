import type { Command } from 'commander';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';

/** `sandbox`: gateway, emulated Dataverse and SQLite in one process, to try everything without an account anywhere. */
export function registerSandbox(program: Command, context: CliContext): void {
  program
    .command('sandbox')
    .description('Run a gateway with an emulated Dataverse; state is kept in data/sandbox.')
    .action(async () => {
      const { runSandbox } = await import('./sandbox/run-sandbox.js');
      const code = await runSandbox((text) => context.stdout.write(text));
      if (code !== 0) throw new CommandError(ExitCode.Failure, 'The sandbox failed: see above.');
    });
}
