import { describe, expect, it } from '@jest/globals';
import { BusinessEvent, definitionOf } from '../contract/business-event.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { Instant, Text } from '../contract/fields.js';
import { type Submission, seal } from './seal.js';

@BusinessEvent({
  name: 'ThingHappened',
  version: 3,
  summary: 'A thing happened.',
  catalog: { root: 'R', category: 'C' },
  key: 'id',
  source: 'place',
  orderingKey: 'lane',
  example: {},
})
class ThingHappened {
  @Text({ maxLength: 100, description: 'The id.' })
  readonly id!: string;
  @Instant({ description: 'When.' })
  readonly occurredAt!: string;
  @Text({ maxLength: 100, description: 'Where.' })
  readonly place!: string;
  @Text({ maxLength: 100, description: 'Which lane.' })
  readonly lane!: string;
  @Text({ maxLength: 100, optional: true, description: 'A note.' })
  readonly note?: string;
}

const definition = definitionOf(ThingHappened) as EventDefinition;
const content = { id: 'T-1', occurredAt: '2026-11-22T10:00:00Z', place: 'store-1', lane: 'L-9' };
const submission: Submission = {
  definition,
  content,
  client: 'till',
  identity: { kind: 'business' },
  traceparent: '00-a-b-00',
};

describe('the sealed envelope', () => {
  it('says what, where, whose and by which key', () => {
    expect(seal(submission, 'event-1')).toEqual({
      id: 'event-1',
      type: 'ThingHappened.v3',
      version: 3,
      client: 'till',
      source: 'store-1',
      keyKind: 'business',
      key: 'T-1',
      fingerprint: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      orderingKey: 'L-9',
      data: '{"id":"T-1","lane":"L-9","occurredAt":"2026-11-22T10:00:00Z","place":"store-1"}',
      traceparent: '00-a-b-00',
    });
  });

  it('takes the key of the header before the business key', () => {
    const identity = { kind: 'header', key: 'K' } as const;
    expect(seal({ ...submission, identity }, 'e')).toMatchObject({ keyKind: 'header', key: 'K', source: 'store-1' });
  });

  it('takes source and id of a CloudEvent for its key, and its source for the source', () => {
    const identity = { kind: 'cloudevents', source: '/stores/17', id: 'a b' } as const;
    expect(seal({ ...submission, identity }, 'e')).toMatchObject({
      keyKind: 'cloudevents',
      key: '/stores/17 a b',
      source: '/stores/17',
    });
  });

  it('names the client as source of a type that has no source field', () => {
    const placeless = { ...definition, source: null, orderingKey: null };
    expect(seal({ ...submission, definition: placeless }, 'e')).toMatchObject({ source: 'till', orderingKey: null });
  });

  it('has one fingerprint for content that says the same', () => {
    const { fingerprint } = seal(submission, 'e');
    const reversed = Object.fromEntries(Object.entries(content).reverse());
    expect(seal({ ...submission, content: { ...reversed, note: null } }, 'f').fingerprint).toBe(fingerprint);
    expect(seal({ ...submission, content: { ...content, note: 'x' } }, 'f').fingerprint).not.toBe(fingerprint);
  });
});
