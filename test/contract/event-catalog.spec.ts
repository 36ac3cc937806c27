import { describe, expect, it } from '@jest/globals';
import { EventCatalogError } from '../../src/contract/event-catalog.error.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';

function fixtures(folder: string): URL {
  return new URL(`./fixtures/${folder}/`, import.meta.url);
}

async function refusalOf(folder: string): Promise<EventCatalogError> {
  const error = await loadEventCatalog(fixtures(folder), 'contoso').catch((thrown: unknown) => thrown);
  if (error instanceof EventCatalogError) return error;
  throw new Error('it was not refused');
}

const refusal = await refusalOf('refused');

function detailsOf(file: string): string[] {
  return refusal.faults.filter((fault) => fault.file === file).map(({ detail }) => detail);
}

describe('the event catalog', () => {
  it('loads what the folder holds, each under its type', async () => {
    const catalog = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
    expect(catalog.types).toEqual(expect.arrayContaining(['CustomerPurchase', 'VendorPaymentPosted']));
    expect(catalog.find('CustomerPurchase')?.slug).toBe('customer-purchase');
    expect(catalog.find('customerpurchase')).toBeNull();
  });

  it('names every fault of every file at once', () => {
    expect(new Set(refusal.faults.map(({ file }) => file))).toEqual(
      new Set([
        'long-name.event.ts',
        'misnamed.event.ts',
        'no-class.event.ts',
        'two-classes.event.ts',
        'wrong-example.event.ts',
      ]),
    );
    for (const { file, detail } of refusal.faults) expect(refusal.message).toContain(`${file}: ${detail}`);
  });

  it.each([
    ['no-class.event.ts', 'exports 0 classes with @BusinessEvent; a file holds exactly one'],
    ['two-classes.event.ts', 'exports 2 classes with @BusinessEvent; a file holds exactly one'],
    ['misnamed.event.ts', 'the name "misnamed_event" is not PascalCase'],
    ['misnamed.event.ts', 'the version 0 is not a whole number from 1'],
    ['misnamed.event.ts', 'summary is empty'],
    ['misnamed.event.ts', 'catalog.root has 101 characters, Dataverse takes 100'],
    ['misnamed.event.ts', 'catalog.category is empty'],
    ['misnamed.event.ts', 'catalog.rootName "no name" is not made of letters, digits and _'],
    ['misnamed.event.ts', 'catalog.categoryName has 136 characters, Dataverse takes 128'],
    ['misnamed.event.ts', 'catalog.rootDescription is empty'],
    ['misnamed.event.ts', 'displayName is empty'],
    ['misnamed.event.ts', 'shown.member has a displayName, which nobody would see'],
    ['misnamed.event.ts', 'the displayName of shown has 101 characters, Dataverse takes 100'],
    ['misnamed.event.ts', 'key names "nothing", which is no field'],
    ['misnamed.event.ts', 'source names "optional", which must be a required text of at most 255 characters'],
    ['misnamed.event.ts', 'orderingKey names "flag", which must be a required text of at most 255 characters'],
    ['misnamed.event.ts', 'every event has a required instant "occurredAt"'],
    ['misnamed.event.ts', "the field eventId collides with the envelope's EventId"],
    ['misnamed.event.ts', 'the description of undescribed is empty'],
    ['misnamed.event.ts', 'the description of verbose has 317 characters, Dataverse takes 300'],
    ['misnamed.event.ts', 'the field name "Not_Camel" is not camelCase'],
    ['misnamed.event.ts', 'the field name "shown.snake_case" is not camelCase'],
    ['misnamed.event.ts', 'the pattern of pattern is not anchored with ^ and $'],
    ['misnamed.event.ts', 'the class nested in lines has no field words'],
    ['misnamed.event.ts', 'two fields share the parameter name SAME'],
    ['misnamed.event.ts', 'BetweenThem" is longer than 100 characters'],
    ['long-name.event.ts', 'characters, Dataverse takes 128'],
    ['wrong-example.event.ts', 'its own example is refused: /id must be text of 1 to 10 characters'],
    ['wrong-example.event.ts', 'its own example is refused: /occurredAt must be an instant'],
    ['wrong-example.event.ts', 'its own example is refused: /more is not a known property'],
  ])('refuses %s: %s', (file, detail) => {
    expect(detailsOf(file)).toContainEqual(expect.stringContaining(detail));
  });

  it('refuses one name in two files, and tells both', async () => {
    const { faults } = await refusalOf('duplicate');
    expect(faults).toEqual([{ file: 'second.event.ts', detail: 'SameName is already declared in first.event.ts' }]);
  });

  it('refuses a folder without events', async () => {
    const { faults } = await refusalOf('.');
    expect(faults.map(({ detail }) => detail)).toEqual(['holds no file that ends in .event.js']);
  });

  it('refuses a publisher prefix that makes a bad unique name', async () => {
    await expect(loadEventCatalog(fixtures('every-word'), 'con toso')).rejects.toThrow('is no unique name');
  });
});
