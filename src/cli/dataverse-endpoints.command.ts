import type { Command } from 'commander';
import { customApiFor } from '../contract/custom-api.js';
import { listEndpoints } from '../dataverse/provisioning/endpoints/list-endpoints.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { withDataverse } from './dataverse/connect-dataverse.js';
import { endpointResource, stepResource } from './endpoints/endpoint-resource.js';
import { showEndpoints } from './endpoints/show-endpoints.js';
import { findDefinition } from './find-definition.js';
import { loadCatalog } from './load-catalog.js';
import { writeJson } from './write-output.js';

interface Options {
  readonly event?: string;
  readonly all?: true;
  readonly json?: true;
}

/** `dataverse endpoints`: where Dataverse sends the events on to, and with what success. */
export function registerDataverseEndpoints(program: Command, context: CliContext): void {
  commandGroup(program, 'dataverse', 'the environment that events go to')
    .command('endpoints')
    .description('List webhooks, queues, topics and hubs that get the events, with the failures of their steps.')
    .option('--event <name>', 'one event type')
    .option('--all', 'endpoints without steps on the events, too')
    .option('--json', 'answer in JSON')
    .action((options: Options) => showListing(options, context));
}

async function showListing({ event, all, json }: Options, context: CliContext): Promise<void> {
  const { catalog, prefix } = await loadCatalog(context);
  const definitions = event === undefined ? catalog.definitions : [findDefinition(catalog, event)];
  const messages = definitions.map((definition) => customApiFor(definition, prefix).uniqueName);
  const listing = await withDataverse(context, ({ tables }) => listEndpoints(tables, messages));
  const endpoints = listing.endpoints.filter(({ steps }) => all || steps.length > 0).map(endpointResource);
  const pluginSteps = listing.pluginSteps.map(stepResource);
  const withoutSteps = listing.endpoints.length - endpoints.length;
  const carried = new Set([...endpoints.flatMap(({ steps }) => steps), ...pluginSteps].map(({ message }) => message));
  const typesWithoutSteps = definitions
    .filter((definition) => !carried.has(customApiFor(definition, prefix).uniqueName))
    .map(({ type }) => type);
  const shown = { endpoints, pluginSteps, withoutSteps, typesWithoutSteps };
  if (json) writeJson(context, shown);
  else showEndpoints(shown, context);
}
