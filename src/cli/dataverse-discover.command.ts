import type { Command } from 'commander';
import { customApiFor } from '../contract/custom-api.js';
import { arrangeCatalogs } from '../dataverse/discovery/arrange-catalogs.js';
import { type EligibleMessage, eligibleMessages } from '../dataverse/discovery/eligible-messages.js';
import { narrowCatalogs, narrowMessage, type Search } from '../dataverse/discovery/narrow.js';
import type { OfferedCatalog, OfferedEvent } from '../dataverse/discovery/offered-event.js';
import { readCatalogContents } from '../dataverse/discovery/read-catalog-contents.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { withDataverse } from './dataverse/connect-dataverse.js';
import { ExitCode } from './exit-codes.js';
import { loadCatalog } from './load-catalog.js';
import { writeJson, writeJsonLine, writeRows, writeTable } from './write-output.js';

interface Options extends Search {
  readonly messages?: true;
  readonly json?: true;
}

/** `dataverse discover`: what others can react to in an environment. Reads and changes nothing. */
export function registerDataverseDiscover(program: Command, context: CliContext): void {
  commandGroup(program, 'dataverse', 'the environment: what has to stand there for the events')
    .command('discover')
    .description('List the events in the catalogs of the environment, or every message that steps can be hung on.')
    .option('--messages', 'every message and table eligible for steps, cataloged or not; with --json a message a line')
    .option('--catalog <text>', 'only catalogs and categories with this in a name')
    .option('--message <text>', 'only messages with this in their name')
    .option('--table <name>', 'only what is about this table, by its logical name; none for no table')
    .option('--json', 'answer in JSON')
    .action((options: Options) => discover(options, context));
}

async function discover(options: Options, context: CliContext): Promise<void> {
  if (!options.messages) return discoverCatalogs(options, context);
  if (options.catalog !== undefined) {
    const advice = 'Messages stand in no catalog: leave out --messages or --catalog.';
    throw new CommandError(ExitCode.Usage, advice);
  }
  return discoverMessages(options, context);
}

async function discoverCatalogs(options: Options, context: CliContext): Promise<void> {
  const { catalog, prefix } = await loadCatalog(context);
  const carried = new Map(
    catalog.definitions.map((definition) => [customApiFor(definition, prefix).uniqueName, definition.type]),
  );
  const contents = await withDataverse(context, ({ tables }) => readCatalogContents(tables));
  const catalogs = narrowCatalogs(arrangeCatalogs(contents, carried), options);
  if (options.json) writeJson(context, { catalogs });
  else if (catalogs.length > 0) writeTable(context, HEADINGS, catalogs.flatMap(rowsOf));
  else context.stderr.write('There is no catalog that fits; `dataverse apply` makes those of the event types here.\n');
}

const HEADINGS = ['CATALOG', 'CATEGORY', 'KIND', 'NAME', 'TABLE', 'PARAMETERS', 'STATE', 'CARRIES'];

function rowsOf({ uniqueName: root, categories }: OfferedCatalog): readonly (readonly string[])[] {
  if (categories.length === 0) return [[root, '', '', '', '', '', '', '']];
  return categories.flatMap(({ uniqueName, events }) =>
    events.length === 0
      ? [[root, uniqueName, '', '', '', '', '', '']]
      : events.map((event) => [root, uniqueName, ...cellsOf(event)]),
  );
}

function cellsOf({ kind, name, table, parameters, isPrivate, isActive, carries }: OfferedEvent): readonly string[] {
  const state = isPrivate ? 'private' : isActive ? 'active' : kind === 'unknown' ? 'gone or not readable' : 'draft';
  return [kind, name, table ?? '', parameters?.toString() ?? '', state, carries ?? ''];
}

/** Each line is written as soon as it is read. */
async function discoverMessages(options: Options, context: CliContext): Promise<void> {
  await withDataverse(context, async ({ tables }) => {
    if (!options.json) writeRows(context, [['MESSAGE'.padEnd(NAME_WIDTH), 'TABLE']]);
    for await (const page of eligibleMessages(tables)) {
      for (const message of page) show(narrowMessage(message, options), options, context);
    }
  });
}

/** As wide as most names of messages: the widest name is not known while lines are still being read. */
const NAME_WIDTH = 32;

function show(message: EligibleMessage | null, { json }: Options, context: CliContext): void {
  if (message === null) return;
  if (json) writeJsonLine(context, message);
  else for (const table of message.tables) writeRows(context, [[message.name.padEnd(NAME_WIDTH), table]]);
}
