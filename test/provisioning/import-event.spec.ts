import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { customApiFor, type RequestParameter } from '../../src/contract/custom-api.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { eventFileFor } from '../../src/dataverse/importing/event-file.js';
import { type ImportChoices, importEvent } from '../../src/dataverse/importing/import-event.js';
import type { RegisteredApi } from '../../src/dataverse/importing/registered-api.js';
import { createEventsFolder, type EventsFolder, formatted } from './support/events-folder.js';
import { ENVELOPE, NOTHING_ASKED, parameter, provisioned, registeredApi } from './support/registered-apis.js';

const shipped = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
const everyWord = await loadEventCatalog(new URL('../contract/fixtures/every-word/', import.meta.url), 'contoso');

let folder: EventsFolder;
beforeEach(async () => {
  folder = await createEventsFolder();
});
afterEach(() => folder.remove());

function imported(api: RegisteredApi, choices: Partial<ImportChoices> = {}) {
  const verdict = importEvent(api, { ...NOTHING_ASKED, ...choices });
  if (verdict.kind === 'imported') return verdict;
  throw new Error(verdict.refusals.map(({ about, what }) => `${about}: ${what}`).join('\n'));
}

async function loaded(definition: EventDefinition): Promise<EventDefinition> {
  await folder.write('imported.event.ts', eventFileFor(definition));
  const [found] = (await folder.load()).definitions;
  if (found === undefined) throw new Error('nothing was loaded');
  return found;
}

/** In any order: Dataverse keeps none. */
function registered(definition: EventDefinition) {
  const { requestParameters, ...rest } = customApiFor(definition, 'contoso');
  return { ...rest, requestParameters: new Map(requestParameters.map((one) => [one.uniqueName, one])) };
}

const ALL_THIRTEEN = Object.entries(ParameterType).map(([name, type]) =>
  parameter(`${name}Value`, {
    type,
    displayName: `The ${name}, as they call it`,
    isOptional: type % 2 === 0,
    logicalEntityName: type === ParameterType.EntityReference || type === ParameterType.Entity ? 'contoso_order' : null,
  }),
);

describe('an imported definition', () => {
  it.each(
    [...shipped.definitions, ...everyWord.definitions].map((definition) => [definition.type, definition] as const),
  )('asks for the very custom API that was registered for %s', async (_type, definition) => {
    const key = `${definition.key.charAt(0).toUpperCase()}${definition.key.slice(1)}`;
    const result = imported(provisioned(definition), { key });
    expect(registered(await loaded(result.definition))).toEqual(registered(definition));
    expect(result.definition.catalog).toEqual(definition.catalog);
  });

  it('has all thirteen types, with display names of their own', async () => {
    const api = registeredApi({ parameters: [...ENVELOPE, parameter('ReceiptId'), ...ALL_THIRTEEN] });
    const { definition } = imported(api, { key: 'ReceiptId' });
    const parameters = customApiFor(await loaded(definition), 'contoso').requestParameters;
    const byName = new Map(parameters.map((one): [string, RequestParameter] => [one.uniqueName, one]));
    for (const { chosen: _chosen, name: _name, ...wished } of ALL_THIRTEEN)
      expect(byName.get(wished.uniqueName)).toEqual(wished);
    expect(byName.size).toBe(api.parameters.length);
    expect(await folder.compile()).toBe('');
  });

  it('is written as the formatter would, whatever its texts are as long as', async () => {
    const parameters = ALL_THIRTEEN.map((one, index) => ({ ...one, description: `${'long '.repeat(index * 4)}.` }));
    for (const length of [1, 90, 103, 104, 105, 106, 107, 300]) {
      const api = registeredApi({
        description: 'd'.repeat(length),
        parameters: [parameter('ReceiptId'), ...parameters],
      });
      const text = eventFileFor(imported(api, { key: 'ReceiptId' }).definition);
      expect(text).toBe(await formatted(text));
    }
  });

  it.each([
    ["'); process.exit(1); ('"],
    ['it\'s "both" `kinds` of \u0024{quotes} \\'],
    ['two\nlines\r\n\tand */ // /* <!-- the end'],
    ['\u2028\u2029\u202e\u0000\ufeff\u0085 hidden'],
    ['\ud83d\ude00 and half of one \ud83d'],
    ['*/ export const broken = 1; /*'],
  ])('keeps the text %j a text', async (text) => {
    const api = registeredApi({
      displayName: text,
      description: text,
      parameters: [...ENVELOPE, parameter('ReceiptId', { displayName: text, description: text })],
      place: {
        root: { uniqueName: 'fabrikam_R', name: text, displayName: text },
        category: { uniqueName: 'fabrikam_C', name: text, displayName: text },
      },
    });
    const written = eventFileFor(imported(api).definition);
    // Line feeds of the layout and nothing else that cannot be seen.
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    const definition = await loaded(imported(api).definition);
    expect([definition.summary, definition.displayName, definition.catalog]).toEqual([
      text,
      text,
      { root: text, category: text },
    ]);
    expect(definition.fields[0]).toMatchObject({ name: 'receiptId', description: text, displayName: text });
    expect(await formatted(written)).toBe(written);
  });
});
