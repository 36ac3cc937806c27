import { describe, expect, it } from '@jest/globals';
import { customApiFor } from '../../src/contract/custom-api.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { validateEvent } from '../../src/contract/validate-event.js';

const catalog = await loadEventCatalog(new URL('./fixtures/every-word/', import.meta.url), 'contoso');
const everyWord = catalog.find('EveryWord.v2') as EventDefinition;

/** Whether a value is accepted in a field, and nothing else is wrong. */
function accepts(field: string, value: unknown): boolean {
  const faults = validateEvent(everyWord, { ...everyWord.example, [field]: value });
  for (const { pointer } of faults) expect(pointer).toMatch(new RegExp(`^/${field}(/|$)`));
  return faults.length === 0;
}

describe('a field word', () => {
  it.each<[field: string, accepted: readonly unknown[], refused: readonly unknown[]]>([
    ['text', ['x', 'x'.repeat(20), '😀'.repeat(20), ' ', 'ä'], ['', 'x'.repeat(21), '😀'.repeat(21), 1, true, [], {}]],
    ['code', ['ABC'], ['AB', 'ABCD', 'abc', 'AB\n', 1]],
    [
      'email',
      ['a@b.de', 'a+b@example.co.uk'],
      ['a', 'a@', '@b.de', 'a b@c.de', `${'x'.repeat(50)}@b.de`, '\ud800@b.de', '\ufeff@b.de', 'a\u200b@b.de'],
    ],
    [
      'date',
      ['2026-11-22', '2028-02-29', '0001-01-01'],
      ['2026-02-29', '2026-13-01', '2026-1-1', '2026-11-22T00:00:00Z', '0000-01-01', 20261122],
    ],
    [
      'amount',
      ['0', '-1', '24.85', '0.0001', '999999999999999.9999'],
      ['', '1.', '.5', '01', '+1', '1e3', '1,5', ' 1', '1.00001', '1000000000000000', 24.85, '--1'],
    ],
    ['decimal', ['0', '1.123', '-0.5'], ['1.1234', '1,1', 'x', 1]],
    ['integer', [-10, 0, 10], [-11, 11, 1.5, '1', 2 ** 53, true]],
    ['float', [-100, 0, 99.5, 1e-7], [-100.1, 101, '1', true]],
    ['flag', [true, false], ['true', 1, 0, 'yes']],
    [
      'occurredAt',
      ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.123456789+14:00', '2028-02-29T23:59:59-14:00'],
      [
        '2026-02-30T10:00:00Z',
        '2026-11-22T24:00:00Z',
        '2026-11-22T10:00:60Z',
        '2026-11-22T10:00:00',
        '2026-11-22 10:00:00Z',
        '2026-11-22T10:00:00+14:01',
        '2026-11-22T10:00:00+01:60',
        '2026-11-22t10:00:00z',
        '2026-11-22',
        1_763_805_600_000,
        '',
      ],
    ],
    [
      'guid',
      ['0f8fad5b-d9cb-469f-a165-70867728950e', '0F8FAD5B-D9CB-469F-A165-70867728950E'],
      ['{0f8fad5b-d9cb-469f-a165-70867728950e}', '0f8fad5bd9cb469fa16570867728950e', 'x', 1],
    ],
    ['label', ['web', 'store'], ['Web', 'phone', '', 1]],
    ['option', [1, 2], [3, '1', 1.5, true, 'toString']],
    ['textList', [[], ['a'], ['a', 'b', 'c']], [['a', 'b', 'c', 'd'], ['toolong'], [''], [1], 'a', { 0: 'a' }]],
    ['reference', ['0f8fad5b-d9cb-469f-a165-70867728950e'], ['contacts(0f8fad5b-d9cb-469f-a165-70867728950e)', 1, {}]],
    [
      'record',
      [{ name: 'n' }, { name: 'n', count: 0 }],
      [{}, [], [{ name: 'n' }], 'x', { name: 'n', count: -1 }, { name: 'n', x: 1 }],
    ],
    ['records', [[], [{ name: 'n' }]], [[{}], [{ name: 'n' }, { name: 'n' }, { name: 'n' }], {}, [[]], ['x']]],
    ['lines', [[], [{ name: 'n' }, { name: 'm' }]], [[{ name: 'n', x: 1 }], [null], { name: 'n' }, '[]']],
  ])('%s judges its values', (field, accepted, refused) => {
    for (const value of accepted) expect([value, accepts(field, value)]).toEqual([value, true]);
    for (const value of refused) expect([value, accepts(field, value)]).toEqual([value, false]);
  });

  it('that is optional takes null and absence for the same; one that is required takes neither', () => {
    for (const { name, required } of everyWord.fields) {
      for (const value of [null, undefined]) expect([name, accepts(name, value)]).toEqual([name, !required]);
    }
  });

  it('has a custom API parameter of its own type', () => {
    const { uniqueName, requestParameters } = customApiFor(everyWord, 'contoso');
    expect(uniqueName).toBe('contoso_OnEveryWord');
    const types = requestParameters.map(({ uniqueName, type, isOptional }) => [uniqueName, type, isOptional]);
    expect(types).toEqual([
      ['EventId', ParameterType.Guid, false],
      ['EventSource', ParameterType.String, false],
      ['Text', ParameterType.String, false],
      ['OccurredAt', ParameterType.DateTime, false],
      ['Email', ParameterType.String, true],
      ['Date', ParameterType.String, true],
      ['Code', ParameterType.String, true],
      ['Amount', ParameterType.Money, false],
      ['Decimal', ParameterType.Decimal, false],
      ['Integer', ParameterType.Integer, false],
      ['Float', ParameterType.Float, false],
      ['Flag', ParameterType.Boolean, false],
      ['Guid', ParameterType.Guid, false],
      ['Label', ParameterType.String, false],
      ['Option', ParameterType.Picklist, true],
      ['TextList', ParameterType.StringArray, true],
      ['Reference', ParameterType.EntityReference, true],
      ['Record', ParameterType.Entity, true],
      ['Records', ParameterType.EntityCollection, true],
      ['Lines', ParameterType.String, true],
    ]);
    expect(new Set(requestParameters.map(({ type }) => type)).size).toBe(13);
  });
});

describe('a definition', () => {
  it('of a later version has a type, a path and a custom API of its own', () => {
    expect(everyWord).toMatchObject({ type: 'EveryWord.v2', slug: 'every-word-v2', version: 2, whenDead: 'block' });
    const { messageName: _messageName, ...unnamed } = everyWord;
    expect(customApiFor({ ...unnamed, messageName: null }, 'contoso').uniqueName).toBe('contoso_EveryWordV2');
  });

  it('shows makers its name in words, unless it says otherwise', () => {
    const { displayName, requestParameters } = customApiFor(everyWord, 'contoso');
    const shown = new Map(requestParameters.map((parameter) => [parameter.uniqueName, parameter.displayName]));
    expect([displayName, shown.get('TextList'), shown.get('Flag')]).toEqual(['Every word', 'Text List', 'Is it so?']);
  });
});
