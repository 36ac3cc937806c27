import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { fieldsOf } from '../../src/contract/field-definition.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { eventFileFor } from '../../src/dataverse/importing/event-file.js';
import { createEventsFolder, type EventsFolder, formatted } from './support/events-folder.js';

const everyWord = await loadEventCatalog(new URL('../contract/fixtures/every-word/', import.meta.url), 'contoso');
const shipped = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
const definitions = [...everyWord.definitions, ...shipped.definitions];

let folder: EventsFolder;
beforeEach(async () => {
  folder = await createEventsFolder();
});
afterEach(() => folder.remove());

/** Two definitions of different classes say the same when this is equal. */
function said({ eventClass: _class, fields, ...rest }: EventDefinition) {
  return { ...rest, fields: saidOfFields(fields) };
}

function saidOfFields(fields: EventDefinition['fields']): readonly object[] {
  return fields.map((field) => {
    if (!('itemClass' in field)) return field;
    const { itemClass, ...rest } = field;
    return { ...rest, members: saidOfFields(fieldsOf(itemClass())) };
  });
}

describe('an event file', () => {
  it.each(definitions.map((definition) => [definition.type, definition] as const))(
    'declares %s again when it is loaded',
    async (type, definition) => {
      await folder.write('written.event.ts', eventFileFor(definition));
      const loaded = (await folder.load()).find(type);
      expect(loaded && said(loaded)).toEqual(said(definition));
    },
  );

  it.each(definitions.map((definition) => [definition.type, definition] as const))(
    'is written for %s as the formatter would',
    async (_type, definition) => {
      const text = eventFileFor(definition);
      expect(text).toBe(await formatted(text));
    },
  );
});
