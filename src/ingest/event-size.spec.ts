import { describe, expect, it } from '@jest/globals';
import { BusinessEvent, definitionOf } from '../contract/business-event.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { Instant, Lines, RecordsOf, Reference, Text } from '../contract/fields.js';
import { fitsDataverse } from './event-size.js';

const DECLARATION = { version: 1, summary: 'An event.', catalog: { root: 'R', category: 'C' }, key: 'id', example: {} };

class Item {
  @Text({ maxLength: 60_000, description: 'A note.' })
  readonly note!: string;
}

@BusinessEvent({ ...DECLARATION, name: 'PlainNote' })
class PlainNote {
  @Text({ maxLength: 100, description: 'The id.' })
  readonly id!: string;
  @Instant({ description: 'When.' })
  readonly occurredAt!: string;
  @Text({ maxLength: 60_000, description: 'A note.' })
  readonly note!: string;
  @Reference({ table: 'contact', optional: true, description: 'Who.' })
  readonly contactId?: string;
}

@BusinessEvent({ ...DECLARATION, name: 'LinedNote' })
class LinedNote {
  @Lines(() => Item, { maxItems: 1000, description: 'Lines, as text.' })
  readonly lines!: readonly Item[];
}

@BusinessEvent({ ...DECLARATION, name: 'RecordedNote' })
class RecordedNote {
  @RecordsOf(() => Item, { maxItems: 1000, description: 'Records.' })
  readonly records!: readonly Item[];
}

const [plain, lined, recorded] = [PlainNote, LinedNote, RecordedNote].map(definition);

describe('the size of an event in Dataverse', () => {
  it.each([
    ['a small event', plain, { note: 'x' }, true],
    ['60000 letters', plain, { note: 'x'.repeat(60_000) }, true],
    ['60000 quotes, each of which is an escape', plain, { note: '"'.repeat(30_000) }, true],
    ['45000 quotes', plain, { note: '"'.repeat(45_000) }, false],
    ['30000 letters of three bytes', plain, { note: '€'.repeat(30_000) }, false],
    ['20000 letters of three bytes', plain, { note: '€'.repeat(20_000) }, true],
    ['60000 slashes, each of which Dataverse escapes', plain, { note: '/'.repeat(60_000) }, false],
    ['40000 slashes', plain, { note: '/'.repeat(40_000) }, true],
    ['8000 emoji, of twelve bytes each', plain, { note: '😀'.repeat(8_000) }, false],
    ['7000 emoji', plain, { note: '😀'.repeat(7_000) }, true],
    ['15000 line breaks', plain, { note: '\n'.repeat(15_000) }, false],
    ['15000 separators of lines', plain, { note: '\u2028'.repeat(15_000) }, false],
    ['lines that stay small when they become text', lined, { lines: [{ note: 'x'.repeat(60_000) }] }, true],
    ['lines whose escapes are escaped again', lined, { lines: [{ note: '"'.repeat(25_000) }] }, false],
    ['a few records', recorded, { records: [{ note: 'x'.repeat(1000) }] }, true],
    ['so many records that their types outgrow them', recorded, { records: Array(900).fill({ note: 'x' }) }, false],
  ])('lets %s pass: %s', (_what, definitionOfIt, content, fits) => {
    expect(fitsDataverse(definitionOfIt as EventDefinition, JSON.stringify(content))).toBe(fits);
  });
});

function definition(eventClass: new () => object): EventDefinition {
  const found = definitionOf(eventClass);
  if (found === null) throw new Error('no definition');
  return found;
}
