import type { Command } from 'commander';
import type { CliContext } from './cli-context.js';

/** `openapi [--out file]`: the contract as the code states it, and the custom connector, made without listening. */
export function registerOpenapi(program: Command, context: CliContext): void {
  program
    .command('openapi')
    .description(
      'Write the OpenAPI document and the Power Platform custom connector, made from the code without listening.',
    )
    .option(
      '--out <file>',
      'the file to write; the connector goes into the folder connector beside it',
      'openapi/openapi.json',
    )
    .action(async ({ out }: { out: string }) => {
      // It loads the whole gateway; the other commands need not wait for that.
      const { writeOpenApi } = await import('../write-openapi.js');
      await writeOpenApi(out);
      context.stderr.write(`${out} is written.\n`);
    });
}
