import { type Command, Option } from 'commander';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { type EndpointsFile, readEndpointsFile } from './read-endpoints-file.js';

/** What a command that wishes endpoints is told. */
export interface EndpointsOptions {
  readonly endpoints?: string;
  readonly prune?: true;
  readonly writeSecrets?: true;
  readonly takeOver?: readonly string[];
}

/** `--endpoints`, and for those who write what goes with it. */
export function addEndpointsOptions(command: Command, { writes }: { readonly writes: boolean }): Command {
  command.option('--endpoints <file>', 'webhooks, queues, topics and hubs that get the events, and their secrets');
  if (!writes) return command;
  return command
    .option('--prune', 'delete steps made here for these events that the file does not wish any more')
    .option(
      '--write-secrets',
      "write the endpoints' secrets although some are set: nobody can read whether they are right",
    )
    .addOption(
      new Option(
        '--take-over <name>',
        'make this endpoint of the file, or this custom API, as wished although somebody else made it; may be given several times',
      ).argParser((name: string, before: readonly string[] = []) => [...before, name]),
    );
}

/** The endpoints that are wished; null without the option. Warnings go to who types. */
export function wishedEndpoints(
  options: EndpointsOptions,
  types: readonly string[],
  { stderr, environment }: CliContext,
): EndpointsFile['endpoints'] | null {
  const { endpoints: path } = options;
  if (path === undefined) {
    requireNothingMore(options);
    return null;
  }
  const { endpoints, warnings } = readEndpointsFile(path, { types, environment });
  for (const warning of warnings) stderr.write(`${warning}\n`);
  return endpoints;
}

/** Whoever says one of them and no file believes that it was done. */
function requireNothingMore({ prune, writeSecrets }: EndpointsOptions): void {
  const said = [
    ...(prune === undefined ? [] : ['--prune']),
    ...(writeSecrets === undefined ? [] : ['--write-secrets']),
  ];
  if (said.length === 0) return;
  const what = said.length === 1 ? 'is' : 'are';
  throw new CommandError(
    ExitCode.Usage,
    `${said.join(', ')} ${what} about the endpoints of a file: say which, with --endpoints <file>.`,
  );
}
