import type { Command } from 'commander';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';

/** `serve`: the gateway in production, with its settings from the environment, until it is told to stop. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('Run the gateway; settings come from the environment.')
    .action(async () => {
      const { serve } = await import('../serve.js');
      if ((await serve()) !== 0) throw new CommandError(ExitCode.Failure, 'The gateway failed: its log says why.');
    });
}
