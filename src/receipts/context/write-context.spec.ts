import { describe, expect, it } from '@jest/globals';
import { readContext } from './read-context.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';
import type { Value } from './value.js';
import { writeContext } from './write-context.js';

const MARK = 'http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts';

describe('a value that somebody made', () => {
  it.each<[Value, string]>([
    [{ kind: 'Money', value: '24.850' }, `{"__type":"Money:${MARK}","Value":24.850}`],
    [{ kind: 'OptionSetValue', value: 2 }, `{"__type":"OptionSetValue:${MARK}","Value":2}`],
    [
      {
        kind: 'EntityReference',
        id: 'i',
        keyAttributes: new Map(),
        logicalName: 'contact',
        name: null,
        rowVersion: null,
      },
      `{"__type":"EntityReference:${MARK}","Id":"i","KeyAttributes":[],"LogicalName":"contact","Name":null,"RowVersion":null}`,
    ],
    [{ kind: 'Number', literal: '1.0' }, '1.0'],
    [{ kind: 'DateTime', epochMs: 1, text: '/Date(1)/' }, '"\\/Date(1)\\/"'],
    [{ kind: 'Unknown', members: new Map([['a', [1, null, true]]]) }, '{"a":[1,null,true]}'],
    [-0, '-0'],
    ['a/b"', '"a\\/b\\""'],
  ])('is written with its mark: %j', (value, text) => {
    expect(writeContext(contextWith(value))).toContain(`"InputParameters":[{"key":"a","value":${text}}]`);
  });

  it.each<[string, unknown]>([
    ['a number that is none', Number.NaN],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['an amount that would be more than a number', { kind: 'Money', value: '1,"MessageName":"Y"' }],
    ['an amount with a comma', { kind: 'Money', value: '24,85' }],
    ['a literal that is no number', { kind: 'Number', literal: '0x10' }],
    ['a choice that is no whole number', { kind: 'OptionSetValue', value: 1.5 }],
    ['a kind nobody knows', { kind: 'Custom', value: 1 }],
  ])('is refused: %s', (_what, value) => {
    expect(() => writeContext(contextWith(value as Value))).toThrow(TypeError);
  });
});

describe('a context that was changed', () => {
  const read = readContext('{"Stage":40,"New":{"x":1.50},"MessageName":"X","OutputParameters":null}');

  it('is written with what was changed, behind what was there', () => {
    const changed = { ...read, stage: 30, requestId: 'r' };
    expect(writeContext(changed)).toBe(
      '{"Stage":30,"New":{"x":1.50},"MessageName":"X","OutputParameters":null,"RequestId":"r"}',
    );
  });

  it('has a collection in place of the null that was there', () => {
    const changed = { ...read, outputParameters: new Map<string, Value>([['id', 'i']]) };
    expect(writeContext(changed)).toContain('"OutputParameters":[{"key":"id","value":"i"}]');
  });

  it('has all members in their usual order without the form it came in', () => {
    const { wire: _, ...usual } = read;
    const names = Object.keys(JSON.parse(writeContext(usual)));
    expect(names).toHaveLength(30);
    expect(names).toEqual([...names].sort());
  });
});

describe('a row in another place than it was', () => {
  const mark = MARK.replaceAll('\\', '');
  const image = readContext(
    `{"MessageName":"X","PostEntityImages":[{"key":"p","value":{"__type":"Entity:${mark}","Id":"i"}},{"key":"q","value":{"Id":"j"}}]}`,
  ).postEntityImages;

  it.each(['p', 'q'])('has its mark once where anything may stand: %s', (alias) => {
    const text = writeContext(contextWith(image?.get(alias) ?? null));
    expect(text.split('__type')).toHaveLength(2);
    expect(readContext(text).inputParameters?.get('a')).toMatchObject({ kind: 'Entity' });
  });
});

function contextWith(value: Value): RemoteExecutionContext {
  return { ...readContext('{"MessageName":"X"}'), inputParameters: new Map([['a', value]]) };
}
