import type { Command } from 'commander';
import type { CliContext } from '../cli-context.js';
import { type EndpointsFile, readEndpointsFile } from './read-endpoints-file.js';

/** What a command that wishes endpoints is told. */
export interface EndpointsOptions {
  readonly endpoints?: string;
  readonly prune?: true;
  readonly writeSecrets?: true;
}

/** `--endpoints`, and for those who write what goes with it. */
export function addEndpointsOptions(command: Command, { writes }: { readonly writes: boolean }): Command {
  command.option('--endpoints <file>', 'webhooks, queues, topics and hubs that get the events, and their secrets');
  if (!writes) return command;
  return command
    .option('--prune', 'delete steps of these endpoints that the file does not wish any more')
    .option(
      '--write-secrets',
      "write the endpoints' secrets although some are set: nobody can read whether they are right",
    );
}

/** The endpoints that are wished; none without the option. Warnings go to who types. */
export function wishedEndpoints(
  { endpoints: path }: EndpointsOptions,
  types: readonly string[],
  { stderr, environment }: CliContext,
): EndpointsFile['endpoints'] {
  if (path === undefined) return [];
  const { endpoints, warnings } = readEndpointsFile(path, { types, environment });
  for (const warning of warnings) stderr.write(`${warning}\n`);
  return endpoints;
}
