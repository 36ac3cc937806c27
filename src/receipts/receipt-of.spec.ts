import { describe, expect, it } from '@jest/globals';
import type { RaisedEvent } from './raised-event.js';
import { receiptOf } from './receipt-of.js';

const TYPES = new Map([['contoso_Sold', 'Sold']]);
const ID = '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a';
const OTHER = '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3b';
const STEP = 'aa45df79-90ea-ea11-a815-000d3a86a3ce';
const OPERATION = 'b1b1d88b-90ea-ea11-a815-000d3a86a3ce';
const ZERO = '00000000-0000-0000-0000-000000000000';

const RAISED: RaisedEvent = {
  message: 'contoso_Sold',
  step: STEP,
  operation: OPERATION,
  operationAt: 1_795_341_603_000,
  requestId: null,
  correlationId: null,
  eventIds: [ID],
};

function verdictOf(facts: Partial<RaisedEvent>) {
  return receiptOf({ ...RAISED, ...facts }, TYPES, { channel: 'webhook', stripped: false });
}

describe('a context becomes a receipt', () => {
  it('with all that it tells', () => {
    const raised = { ...RAISED, requestId: OTHER.toUpperCase(), correlationId: OPERATION };
    expect(receiptOf(raised, TYPES, { channel: 'service-bus', stripped: true })).toEqual({
      kind: 'receipt',
      receipt: {
        eventIds: [ID],
        type: 'Sold',
        channel: 'service-bus',
        step: STEP,
        operation: OPERATION,
        operationAt: 1_795_341_603_000,
        requestId: OTHER,
        correlationId: OPERATION,
        stripped: true,
      },
    });
  });

  it.each<[string, readonly unknown[], readonly string[]]>([
    ['likeliest first', [OTHER, ID], [OTHER, ID]],
    ['in lower case', [ID.toUpperCase()], [ID]],
    ['each once', [ID, null, ID.toUpperCase(), OTHER], [ID, OTHER]],
    ['without what is no id', ['tag', '', 7, {}, null, undefined, ZERO, `{${ID}}`, `x${ID}`, `${ID}\n`], []],
  ])('with the ids it names, %s', (_how, eventIds, expected) => {
    expect(verdictOf({ eventIds })).toMatchObject({ receipt: { eventIds: expected } });
  });

  it('without an instant where none is told', () => {
    expect(verdictOf({ operationAt: null })).toMatchObject({ receipt: { operationAt: null } });
  });

  it('without ids of requests that are none', () => {
    expect(verdictOf({ requestId: 'x'.repeat(1_000), correlationId: 7 })).toMatchObject({
      receipt: { requestId: null, correlationId: null },
    });
  });
});

describe('a context becomes none', () => {
  it.each(['Create', 'contoso_sold', 'Sold', 'constructor'])('where its message stands for no type: %s', (message) => {
    expect(verdictOf({ message })).toEqual({ kind: 'foreign', message });
  });

  it.each([undefined, null, '', 7, ZERO, `${STEP}0`])('where it does not say what was run: %p', (id) => {
    expect(verdictOf({ step: id })).toMatchObject({
      kind: 'unusable',
      detail: expect.stringContaining('OwningExtension.Id'),
    });
    expect(verdictOf({ operation: id })).toMatchObject({
      kind: 'unusable',
      detail: expect.stringContaining('OperationId'),
    });
  });
});
