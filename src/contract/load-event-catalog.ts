import { readdir } from 'node:fs/promises';
import { definitionOf } from './business-event.js';
import { faultsOfDefinition } from './definition-faults.js';
import { type DefinitionFault, EventCatalogError } from './event-catalog.error.js';
import { EventCatalog } from './event-catalog.js';
import type { EventClass } from './event-class.js';
import type { EventDefinition } from './event-definition.js';

const EVENT_FILE = /\.event\.(js|ts)$/;

interface FileContent {
  readonly file: string;
  readonly definition: EventDefinition | null;
  readonly faults: readonly DefinitionFault[];
}

/**
 * Reads every `*.event.js` (or `.ts`, where TypeScript runs) of a folder; adding an event type is adding a file.
 * Throws `EventCatalogError` with every fault of every file, so that one start tells all.
 *
 * @param folder URL of the folder, ending in `/`
 * @param prefix the publisher's customization prefix: some of Dataverse's name limits include it
 */
export async function loadEventCatalog(folder: URL, prefix: string): Promise<EventCatalog> {
  const files = (await readdir(folder)).filter((file) => EVENT_FILE.test(file)).sort();
  const contents = await Promise.all(files.map((file) => readEventFile(folder, file, prefix)));
  const faults = [...contents.flatMap((content) => content.faults), ...duplicates(contents)];
  if (files.length === 0) faults.push({ file: folder.pathname, detail: 'holds no file that ends in .event.js' });
  if (faults.length > 0) throw new EventCatalogError(faults);
  return new EventCatalog(contents.flatMap(({ definition }) => (definition === null ? [] : [definition])));
}

async function readEventFile(folder: URL, file: string, prefix: string): Promise<FileContent> {
  const exported = Object.values((await import(new URL(file, folder).href)) as Record<string, unknown>);
  const definitions = exported.flatMap((value) => {
    const definition = typeof value === 'function' ? definitionOf(value as EventClass) : null;
    return definition === null ? [] : [definition];
  });
  const [definition = null] = definitions;
  if (definition === null || definitions.length > 1) {
    const detail = `exports ${definitions.length} classes with @BusinessEvent; a file holds exactly one`;
    return { file, definition: null, faults: [{ file, detail }] };
  }
  const details = faultsOfDefinition(definition, prefix);
  return { file, definition, faults: details.map((detail) => ({ file, detail: `${definition.type}: ${detail}` })) };
}

function duplicates(contents: readonly FileContent[]): DefinitionFault[] {
  const fileOf = new Map<string, string>();
  return contents.flatMap(({ file, definition }) => {
    if (definition === null) return [];
    const first = fileOf.get(definition.type);
    if (first === undefined) fileOf.set(definition.type, file);
    return first === undefined ? [] : [{ file, detail: `${definition.type} is already declared in ${first}` }];
  });
}
