import { describe, expect, it } from '@jest/globals';
import { readContext } from '../../src/receipts/context/read-context.js';
import type { Entity, Value } from '../../src/receipts/context/value.js';
import { writeContext } from '../../src/receipts/context/write-context.js';
import { jsonTokens } from './support/json-tokens.js';
import { readSample } from './support/read-sample.js';

const SAMPLES = ['contact-created', 'purchase-raised', 'purchase-stripped', 'all-value-types'];

describe('a sample that is read and written', () => {
  it.each(SAMPLES)('is the same JSON: %s', (name) => {
    const text = readSample(name);
    expect(jsonTokens(writeContext(readContext(text)))).toEqual(jsonTokens(text));
  });

  it.each(SAMPLES.slice(1))('is the same to the letter where it was written as .NET writes: %s', (name) => {
    const wire = withoutSpace(readSample(name));
    expect(writeContext(readContext(wire))).toBe(wire);
  });
});

describe('the contact that was created', () => {
  const context = readContext(readSample('contact-created'));

  it('has members by their names', () => {
    expect(context).toMatchObject({
      messageName: 'Create',
      stage: 40,
      isInTransaction: false,
      initiatingUserAgent: null,
      operationCreatedOn: { kind: 'DateTime', epochMs: 1_598_771_723_000, text: '/Date(1598771723000+0000)/' },
      owningExtension: { id: 'aa45df79-90ea-ea11-a815-000d3a86a3ce', logicalName: 'sdkmessageprocessingstep' },
    });
    expect(context.outputParameters.get('id')).toBe('a2b1d88b-90ea-ea11-a815-000d3a86a3ce');
  });

  it('has its row with values of every type', () => {
    const { attributes, formattedValues, rowVersion } = entityIn(context.inputParameters?.get('Target'));
    expect(attributes.get('fullname')).toBe('John Doe');
    expect(attributes.get('followemail')).toBe(true);
    expect(attributes.get('modifiedonbehalfby')).toBeNull();
    expect(attributes.get('statecode')).toEqual({ kind: 'OptionSetValue', value: 0 });
    expect(attributes.get('createdon')).toMatchObject({ kind: 'DateTime', epochMs: 1_598_771_723_000 });
    expect(attributes.get('ownerid')).toMatchObject({ kind: 'EntityReference', logicalName: 'systemuser', name: null });
    expect(attributes.get('exchangerate')).toEqual({ kind: 'Number', literal: '1.0' });
    expect(formattedValues.get('statecode')).toBe('Active');
    expect(rowVersion).toBe('4198516');
  });

  it('has images and the context it ran within', () => {
    const image = context.postEntityImages?.get('AsynchronousStepPrimaryName');
    expect(image?.attributes.get('fullname')).toBe('John Doe');
    expect(context.preEntityImages?.size).toBe(0);
    expect(context.parentContext).toMatchObject({ stage: 30, parentContext: null });
    expect(context.parentContext?.sharedVariables.get('ChangedEntityTypes')).toMatchObject([{ kind: 'Unknown' }]);
  });
});

describe('the purchase that was raised', () => {
  it('has its parameters, money digit for digit', () => {
    const { inputParameters } = readContext(readSample('purchase-raised'));
    expect(inputParameters?.get('EventId')).toBe('019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70');
    expect(inputParameters?.get('TotalAmount')).toEqual({ kind: 'Money', value: '24.850' });
    expect(inputParameters?.get('ContactId')).toMatchObject({ kind: 'EntityReference', logicalName: 'contact' });
    expect(inputParameters?.has('ReasonLeftOut')).toBe(false);
  });

  it('has null for what Dataverse removed from it', () => {
    const stripped = readContext(readSample('purchase-stripped'));
    expect(stripped).toMatchObject({ inputParameters: null, parentContext: null, preEntityImages: null });
    expect(stripped.postEntityImages).toBeNull();
    expect(stripped.sharedVariables.get('tag')).toBe('019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70');
  });
});

describe('all types of values', () => {
  const context = readContext(readSample('all-value-types'));
  const parameter = (name: string): Value | undefined => context.inputParameters?.get(name);

  it.each<[string, unknown]>([
    ['Decimal', { kind: 'Number', literal: '24.850' }],
    ['DecimalLong', { kind: 'Number', literal: '12345678901234567890.1234567890' }],
    ['Digits', { kind: 'Number', literal: '12345678901234567890' }],
    ['Double', { kind: 'Number', literal: '1E-07' }],
    ['NegativeZero', { kind: 'Number', literal: '-0' }],
    ['Overflowing', { kind: 'Number', literal: '1e999' }],
    ['Float', 4.567],
    ['Integer', 999],
    ['Negative', -2_147_483_648],
    ['DateTimeBefore1970', { kind: 'DateTime', epochMs: -62_135_596_800_000, text: '/Date(-62135596800000)/' }],
    ['DateTimeWithOffset', { kind: 'DateTime', epochMs: 1_733_814_321_125, text: '/Date(1733814321125-0730)/' }],
    ['NoDate', '/Date(soon)/'],
    ['Guid', 'd0fa494a-eea8-4cef-8756-04f0961ac526'],
    ['String', 'Grüße "\\ \u2028 👋 </script>'],
    [
      'Choices',
      [
        { kind: 'OptionSetValue', value: 1 },
        { kind: 'OptionSetValue', value: 2 },
      ],
    ],
    ['Money', { kind: 'Money', value: '345.6780' }],
    ['Backwards', 'value first'],
  ])('has %s', (name, value) => {
    expect(parameter(name)).toEqual(value);
  });

  it('names rows by alternate keys', () => {
    const { keyAttributes } = parameter('ReferenceByKey') as { readonly keyAttributes: ReadonlyMap<string, Value> };
    expect(Array.from(keyAttributes)).toEqual([
      ['accountnumber', 'A/1'],
      ['region', { kind: 'OptionSetValue', value: 3 }],
    ]);
  });

  it('has rows of rows, and joined columns', () => {
    const row = entityIn(parameter('Entity'));
    expect(row).toMatchObject({ entityState: 2, keyAttributes: new Map() });
    expect(row.relatedEntities[0]?.relationship.schemaName).toBe('account_contacts');
    expect(row.relatedEntities[0]?.entities.entities[0]?.logicalName).toBe('contact');
    expect(row.attributes.get('joined.amount')).toMatchObject({ kind: 'AliasedValue', value: { value: '7.00' } });
    expect(Array.from(row.attributes.keys()).slice(2, 6)).toEqual(['__proto__', 'constructor', '1', '0']);
  });

  it('keeps what it does not know', () => {
    expect(context.wire?.others.get('AuthenticatedUserId')).toBeNull();
    expect(context.wire?.order?.[0]).toBe('UserId');
    expect(parameter('UnknownMark')).toMatchObject({ kind: 'Unknown' });
    expect(parameter('MarkBehind')).toMatchObject({ kind: 'Unknown' });
  });

  it('goes as deep as contexts within contexts do', () => {
    expect(context.parentContext?.parentContext?.messageName).toBe('Create');
  });
});

/** Of a text without space in its strings that stands beside a quote, which none of the samples has. */
function withoutSpace(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}

function entityIn(value: Value | undefined): Entity {
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Entity') return value;
  throw new Error('there is no row');
}
