import { describe, expect, it } from '@jest/globals';
import { eventIdOf } from './event-id-of.js';
import { readContext } from './read-context.js';

const ID = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';
const OTHER = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d71';

describe('the id of an event', () => {
  it.each<[string, Told, string | null]>([
    ['its EventId', { eventId: ID, tag: OTHER }, ID],
    ['its EventId, of whatever form', { eventId: 'P-17' }, 'P-17'],
    ['its tag where there are no parameters', { tag: ID }, ID],
    ['none where the tag is no GUID', { tag: 'bulk import' }, null],
    ['none where there is nothing', {}, null],
    ['none where EventId is empty', { eventId: '' }, null],
    ['that of the context it ran within', { parent: { message: 'X', eventId: ID } }, ID],
    ['that of the context it ran within rather than a tag', { tag: OTHER, parent: { message: 'X', eventId: ID } }, ID],
    [
      'its EventId rather than the tag of the context it ran within, which the gateway looks for first',
      { eventId: OTHER, parent: { message: 'X', tag: ID } },
      OTHER,
    ],
    ['the tag of the context it ran within', { parent: { message: 'X', tag: ID } }, ID],
    ['none of an event that brought it about', { parent: { message: 'Y', eventId: ID, tag: ID } }, null],
    [
      'none of an event that an event brought about that brought it about',
      { parent: { message: 'Y', parent: { message: 'X', eventId: ID } } },
      null,
    ],
  ])('is %s', (_what, told, id) => {
    expect(eventIdOf(readContext(contextOf(told)))).toBe(id);
  });
});

interface Told {
  readonly message?: string;
  readonly eventId?: string;
  readonly tag?: string;
  readonly parent?: Told;
}

function contextOf({ message = 'X', eventId, tag, parent }: Told): string {
  const entry = (key: string, value: string) => `[{"key":"${key}","value":"${value}"}]`;
  const input = eventId === undefined ? '' : `"InputParameters":${entry('EventId', eventId)},`;
  const shared = tag === undefined ? '' : `,"SharedVariables":${entry('tag', tag)}`;
  const within = parent === undefined ? '' : `,"ParentContext":${contextOf(parent)}`;
  return `{${input}"MessageName":"${message}"${within}${shared}}`;
}
