import { join } from 'node:path';
import type { Command } from 'commander';
import { customApiFor } from '../contract/custom-api.js';
import type { EventCatalog } from '../contract/event-catalog.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { eventFileFor } from '../dataverse/importing/event-file.js';
import { type ImportChoices, importEvent } from '../dataverse/importing/import-event.js';
import type { RegisteredApi } from '../dataverse/importing/registered-api.js';
import type { Remark } from '../dataverse/importing/remark.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { withDataverse } from './dataverse/connect-dataverse.js';
import { findRegisteredApi } from './dataverse/find-registered-api.js';
import { showRemarks } from './dataverse/show-remarks.js';
import { writeEventFile } from './dataverse/write-event-file.js';
import { ExitCode } from './exit-codes.js';
import { loadCatalog } from './load-catalog.js';
import { writeJson } from './write-output.js';

interface Options {
  readonly name?: string;
  readonly key?: string;
  readonly source?: string | false;
  readonly orderingKey?: string;
  readonly catalog?: string;
  readonly category?: string;
  readonly without: readonly string[];
  readonly out?: string;
  readonly force?: true;
  readonly json?: true;
}

/** `dataverse import <unique name>`: an event definition that matches an API which is registered already. */
export function registerDataverseImport(program: Command, context: CliContext): void {
  commandGroup(program, 'dataverse', 'the environment: what has to stand there for the events')
    .command('import <unique-name>')
    .description('Write an event definition from a custom API or custom process action that is registered already.')
    .option('--name <EventName>', 'what the event type is called (default: from the unique name)')
    .option('--key <parameter>', 'the required String that identifies an event (default: found by its name)')
    .option('--source <parameter>', 'the required String that says where it happened (default: found by its name)')
    .option('--no-source', 'it has no such parameter: the name of the client stands for it')
    .option('--ordering-key <parameter>', 'the required String within whose equal values events keep their order')
    .option('--catalog <root>', 'the catalog it belongs in (default: where it is), by its display name')
    .option('--category <category>', 'the category in that catalog')
    .option('--without <parameter>', 'leave out an optional parameter; may be given several times', collect, [])
    .option('--out <file>', 'the file to write, - for standard output (default: src/events/<event-name>.event.ts)')
    .option('--force', 'overwrite the file, and import what an event type here carries already')
    .option('--json', 'answer in JSON')
    .action((uniqueName: string, options: Options) => importDefinition(uniqueName, options, context));
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function importDefinition(uniqueName: string, options: Options, context: CliContext): Promise<void> {
  const { catalog, prefix } = await loadCatalog(context);
  const choices = choicesIn(options, { prefix, known: catalog.definitions });
  const api = await withDataverse(context, (dataverse) => findRegisteredApi(dataverse, uniqueName));
  const verdict = importEvent(api, choices);
  if (verdict.kind === 'refused') throw refusal(api, verdict.refusals, options.json ? context : null);
  const { definition, remarks } = verdict;
  const force = options.force === true;
  if (!force || !isCarried(catalog, definition, prefix)) requireNew(catalog, definition, prefix);
  const file = options.out ?? join('src', 'events', `${definition.slug}.event.ts`);
  const text = eventFileFor(definition);
  if (file !== '-') await writeEventFile(file, text, force);
  const imported = { type: definition.type, uniqueName: api.uniqueName, file: file === '-' ? null : file, remarks };
  if (options.json) writeJson(context, { ...imported, text });
  else show(imported, text, context);
}

function choicesIn(options: Options, given: Pick<ImportChoices, 'prefix' | 'known'>): ImportChoices {
  const { name = null, key = null, source = null, orderingKey = null, catalog, category, without } = options;
  if ((catalog === undefined) !== (category === undefined)) {
    throw new CommandError(ExitCode.Usage, '--catalog and --category go together: a category stands below a catalog.');
  }
  const place = catalog === undefined || category === undefined ? null : { root: catalog, category };
  return { ...given, name, key, source, orderingKey, catalog: place, without };
}

/** Whether the event type of that name carries this very API: then it is overwritten, not doubled. */
function isCarried(catalog: EventCatalog, definition: EventDefinition, prefix: string): boolean {
  const known = catalog.find(definition.type);
  return known !== null && messageOf(known, prefix) === messageOf(definition, prefix);
}

function requireNew(catalog: EventCatalog, definition: EventDefinition, prefix: string): void {
  const message = messageOf(definition, prefix);
  const carrier = catalog.definitions.find((known) => messageOf(known, prefix) === message);
  if (carrier !== undefined) {
    const detail = `${message} is carried by the event type ${carrier.type} already.`;
    const options = carrier.type === definition.type ? '--force' : `--name ${carrier.name} --force`;
    throw new CommandError(ExitCode.Refused, `${detail} ${options} writes its definition anew. Nothing was written.`);
  }
  if (catalog.find(definition.type) === null) return;
  const detail = `There is an event type ${definition.type} already, which another custom API carries.`;
  throw new CommandError(ExitCode.Refused, `${detail} Give this one another --name. Nothing was written.`);
}

function messageOf(definition: EventDefinition, prefix: string): string {
  return customApiFor(definition, prefix).uniqueName;
}

/** With `--json` the refusals are also the answer. */
function refusal({ uniqueName }: RegisteredApi, refusals: readonly Remark[], json: CliContext | null): CommandError {
  if (json !== null) writeJson(json, { uniqueName, refusals });
  const message = `${uniqueName} cannot be imported as it is; nothing was written.\n${showRemarks(refusals)}`;
  return new CommandError(ExitCode.Refused, message);
}

interface Imported {
  readonly type: string;
  readonly uniqueName: string;
  readonly file: string | null;
  readonly remarks: readonly Remark[];
}

function show({ type, uniqueName, file, remarks }: Imported, text: string, { stdout, stderr }: CliContext): void {
  if (file === null) stdout.write(text);
  stderr.write(`${uniqueName} is imported as ${type}${file === null ? '' : `: ${file}`}.\n`);
  if (remarks.length > 0) stderr.write(`${showRemarks(remarks)}\n`);
}
