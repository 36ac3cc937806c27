import { type Command, Option } from 'commander';
import { endpointWarnings } from '../../dataverse/provisioning/endpoints/endpoint-warnings.js';
import { sharedAddressWarnings } from '../../dataverse/provisioning/endpoints/shared-address-warnings.js';
import type { ProvisioningWishes } from '../../dataverse/provisioning/provisioner.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { type EndpointsFile, readEndpointsFile } from './read-endpoints-file.js';
import { addReceiverOptions, type ReceiverOptions, wishedReceiver } from './receiver-options.js';

/** The options of a command for endpoints. */
export interface EndpointsOptions extends ReceiverOptions {
  readonly endpoints?: string;
  readonly prune?: true;
  readonly writeSecrets?: true;
  readonly takeOver?: readonly string[];
}

/** Adds `--endpoints` and `--receiver`, and for commands that write the options that go with them. */
export function addEndpointsOptions(command: Command, { writes }: { readonly writes: boolean }): Command {
  command.option('--endpoints <file>', 'webhooks, queues, topics and hubs that get the events, and their secrets');
  addReceiverOptions(command);
  if (!writes) return command;
  return command
    .option('--prune', 'delete steps made here for these events that are not wished any more')
    .option(
      '--write-secrets',
      "write the endpoints' secrets although some are set: nobody can read whether they are right",
    )
    .addOption(
      new Option(
        '--take-over <name>',
        'make this endpoint, or this custom API, as wished although somebody else made it; may be given several times',
      ).argParser((name: string, before: readonly string[] = []) => [...before, name]),
    );
}

/** The endpoints that are asked for; null without any of the options. Warnings are written for the user. */
export function wishedEndpoints(
  options: EndpointsOptions,
  types: readonly string[],
  context: CliContext,
): Pick<ProvisioningWishes, 'endpoints' | 'besideOthers'> {
  const receiver = wishedReceiver(options, context);
  const { endpoints: path } = options;
  if (path === undefined && receiver === null) {
    requireNothingMore(options);
    return { endpoints: null, besideOthers: true };
  }
  const { environment, stderr } = context;
  const file = path === undefined ? NO_FILE : readEndpointsFile(path, { types, environment });
  const own = receiver === null ? [] : [receiver];
  const endpoints = [...file.endpoints, ...own];
  const warnings = [...file.warnings, ...own.flatMap(endpointWarnings), ...sharedAddressWarnings(endpoints)];
  for (const warning of new Set(warnings)) stderr.write(`${warning}\n`);
  return { endpoints, besideOthers: path === undefined };
}

const NO_FILE: EndpointsFile = { endpoints: [], warnings: [] };

/** An option of these without a file has no effect, and its user would believe that it had. */
function requireNothingMore({ prune, writeSecrets }: EndpointsOptions): void {
  const said = [
    ...(prune === undefined ? [] : ['--prune']),
    ...(writeSecrets === undefined ? [] : ['--write-secrets']),
  ];
  if (said.length === 0) return;
  const what = said.length === 1 ? 'is' : 'are';
  throw new CommandError(
    ExitCode.Usage,
    `${said.join(', ')} ${what} about endpoints: say which, with --endpoints <file> or --receiver <url>.`,
  );
}
