import { describe, expect, it } from '@jest/globals';
import { MalformedContextError } from './malformed-context.error.js';
import { MEMBER_NAMES } from './member-names.js';
import { readContext } from './read-context.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';
import type { Entity, Value } from './value.js';
import { writeContext } from './write-context.js';

const MARK = 'http://schemas.microsoft.com/xrm/2011/Contracts';

describe('a text that is no context', () => {
  it.each<[string, string, string]>([
    ['', '', 'must be an object'],
    ['null', '', 'must be an object'],
    ['[]', '', 'must be an object'],
    ['"{}"', '', 'must be an object'],
    ['\u00a0{}', '', 'must be an object'],
    ['\ufeff{"MessageName":"X"}', '', 'begins with a byte order mark'],
    ['{}', '', 'must have the member MessageName'],
    ['{"MessageName":"X"', '/MessageName', 'is not valid JSON'],
    ['{"MessageName":"X"}}', '', 'is not valid JSON'],
    ['{"MessageName":"X",}', '', 'is not valid JSON'],
    ['{"MessageName" "X"}', '/MessageName', 'is not valid JSON'],
    ["{'MessageName':'X'}", '', 'is not valid JSON'],
    ['{"MessageName":"X","Depth":1 "Mode":1}', '/Depth', 'is not valid JSON'],
    ['{"MessageName":"X\n"}', '/MessageName', 'is not valid JSON'],
    ['{"MessageName":"\\x"}', '/MessageName', 'is not valid JSON'],
    ['{"MessageName":"\\', '/MessageName', 'is not valid JSON'],
    ['{"MessageName":null}', '/MessageName', 'must be a text'],
    ['{"MessageName":7}', '/MessageName', 'must be a text'],
    ['{"MessageName":"X","MessageName":"X"}', '/MessageName', 'appears more than once'],
    ['{"MessageName":"X","New":1,"New":1}', '/*', 'appears more than once'],
    ['{"MessageName":"X","Depth":"1"}', '/Depth', 'must be a whole number'],
    ['{"MessageName":"X","Depth":1.0}', '/Depth', 'must be a whole number'],
    ['{"MessageName":"X","Depth":123456789012345678}', '/Depth', 'must be a whole number'],
    ['{"MessageName":"X","Depth":-}', '/Depth', 'is not valid JSON'],
    ['{"MessageName":"X","Depth":01}', '/Depth', 'is not valid JSON'],
    ['{"MessageName":"X","IsInTransaction":1}', '/IsInTransaction', 'must be true or false'],
    ['{"MessageName":"X","OperationCreatedOn":"now"}', '/OperationCreatedOn', 'must be a date'],
    ['{"MessageName":"X","OperationCreatedOn":5}', '/OperationCreatedOn', 'must be a date'],
    ['{"MessageName":"X","OwningExtension":[]}', '/OwningExtension', 'must be an object'],
    ['{"MessageName":"X","InputParameters":{}}', '/InputParameters', 'must be a list of keys and values'],
    ['{"MessageName":"X","InputParameters":[1]}', '/InputParameters/0', 'must be an object'],
    ['{"MessageName":"X","InputParameters":[{"key":"a"}]}', '/InputParameters/0', 'must have the member value'],
    ['{"MessageName":"X","InputParameters":[{"value":1}]}', '/InputParameters/0', 'must have the member key'],
    ['{"MessageName":"X","InputParameters":[{"key":1,"value":1}]}', '/InputParameters/0/key', 'must be a text'],
    [
      '{"MessageName":"X","InputParameters":[{"key":"a","value":1},{"key":"a","value":2}]}',
      '/InputParameters/1',
      'has a key that appears more than once',
    ],
    [
      '{"MessageName":"X","InputParameters":[{"key":"a","value":tru}]}',
      '/InputParameters/0/value',
      'is not valid JSON',
    ],
    ['{"MessageName":"X","InputParameters":[{"key":"a","value":.5}]}', '/InputParameters/0/value', 'is not valid JSON'],
    [
      '{"MessageName":"X","InputParameters":[{"key":"a","value":[1,]}]}',
      '/InputParameters/0/value/1',
      'is not valid JSON',
    ],
    [
      `{"MessageName":"X","InputParameters":[{"key":"a","value":{"__type":"Money:${MARK}","Value":"1"}}]}`,
      '/InputParameters/0/value/Value',
      'must be a number',
    ],
    [
      `{"MessageName":"X","InputParameters":[{"key":"a","value":{"__type":"OptionSetValue:${MARK}"}}]}`,
      '/InputParameters/0/value',
      'must have the member Value',
    ],
    [
      `{"MessageName":"X","InputParameters":[{"key":"a","value":{"__type":"Money:${MARK}","Value":1,"__type":""}}]}`,
      '/InputParameters/0/value/__type',
      'appears more than once',
    ],
    [
      '{"MessageName":"X","PostEntityImages":[{"key":"a","value":null}]}',
      '/PostEntityImages/0/value',
      'must be an object',
    ],
    ['{"MessageName":"X","ParentContext":{"Depth":1}}', '/ParentContext', 'must have the member MessageName'],
    ['{"MessageName":"X","~a/b":{"c":nul}}', '/*/*', 'is not valid JSON'],
  ])('is refused: %s', (text, pointer, detail) => {
    expect(refusalOf(text)).toMatchObject({ pointer, detail });
  });

  it('is never quoted', () => {
    const { message } = refusalOf('{"MessageName":"secret-1","Depth":"secret-2"}');
    expect(message).toBe('This is no RemoteExecutionContext: /Depth must be a whole number.');
  });

  it.each([
    ['a name', '{"MessageName":"X","Card 4111":nul}', '/*'],
    [
      'a name below a value',
      '{"MessageName":"X","InputParameters":[{"key":"k","value":{"Card 4111":nul',
      '/InputParameters/0/value/*',
    ],
    ['a name that stands twice', '{"MessageName":"X","Card 4111":1,"Card 4111":1}', '/*'],
    ['names below each other', `{"MessageName":"X",${'"Card 4111":{'.repeat(50)}nul`, '/*'.repeat(12)],
  ])('is told without what may be content: %s', (_where, text, pointer) => {
    const refusal = refusalOf(text);
    expect(refusal.pointer).toBe(pointer);
    expect(refusal.message).not.toContain('4111');
  });

  it('is told by every name that the model knows', () => {
    const told = [...MEMBER_NAMES].map((name) => refusalOf(`{"MessageName":"X","New":{"${name}":nul`).pointer);
    expect(told).toEqual([...MEMBER_NAMES].map((name) => `/*/${name}`));
  });
});

describe('what is no text', () => {
  it.each<[string, unknown]>([
    ['what a framework parsed', { MessageName: 'X' }],
    ['bytes', new TextEncoder().encode('{"MessageName":"X"}')],
    ['nothing', undefined],
  ])('is a mistake of the program: %s', (_what, body) => {
    expect(() => readContext(body as string)).toThrow(TypeError);
    expect(() => readContext(body as string)).toThrow(/takes the body as a text/);
  });
});

describe('collections that are not there', () => {
  const text = '{"MessageName":"X","OutputParameters":null,"OwningExtension":{"Id":"i"},"New":1}';

  it("are each context's own: what is added to one is in no other", () => {
    const first = readContext(text);
    for (const dictionary of dictionariesOf(first)) dictionary.set('tag', 'added');
    expect(dictionariesOf(first).map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(dictionariesOf(readContext(text)).map(({ size }) => size)).toEqual([0, 0, 0]);
  });

  it('are own where all members stand as usual and one is null', () => {
    const { wire: _, ...usual } = readContext(text);
    const whole = writeContext(usual).replace('"SharedVariables":[]', '"SharedVariables":null');
    const [first, second] = [readContext(whole), readContext(whole)];
    expect(first.sharedVariables).toEqual(new Map());
    expect(first.sharedVariables).not.toBe(second.sharedVariables);
    expect(writeContext(first)).toBe(whole);
  });

  function dictionariesOf({ sharedVariables, outputParameters, owningExtension }: RemoteExecutionContext) {
    const dictionaries = [sharedVariables, outputParameters, owningExtension?.keyAttributes];
    return dictionaries as unknown as readonly Map<string, Value>[];
  }
});

describe('a hostile text', () => {
  it.each(['[', '{"a":', '[{"key":"a","value":', '{"__type":"Entity:x","Attributes":', '{"ParentContext":'])(
    'does not reach the end of the stack: %s',
    (opening) => {
      for (const prefix of ['', '{"MessageName":"X","InputParameters":[{"key":"a","value":']) {
        expect(refusalOf(`${prefix}${opening.repeat(100_000)}`)).toBeInstanceOf(MalformedContextError);
      }
    },
  );

  it('goes no deeper than contexts do', () => {
    const nested = (levels: number) => parametersOf(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(readContext(nested(90)).messageName).toBe('X');
    expect(refusalOf(nested(100)).detail).toBe('is nested too deeply');
  });

  it('gets nothing into any prototype', () => {
    const text = parametersOf(
      `{"__type":"Entity:${MARK}","Attributes":[{"key":"__proto__","value":{"__proto__":{"polluted":1}}}],"__proto__":{"polluted":1},"kind":"Money"}`,
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    const context = readContext(text);
    const row = context.inputParameters?.get('a') as Entity;
    expect(row.kind).toBe('Entity');
    expect([{}, context, row, []].map((value) => 'polluted' in value)).toEqual([false, false, false, false]);
    expect(JSON.parse(writeContext(context))).toEqual(JSON.parse(text));
  });

  it.each<[string, string]>([
    ['members nobody knows', `{${items((n) => `"m${n}":${n}`)}}`],
    ['entries', `{"__type":"Entity:${MARK}","Attributes":[${items((n) => `{"value":1,"key":"${n}","x":1}`)}]}`],
    ['escapes', `"${'\\"'.repeat(200_000)}"`],
    ['backslashes', `["${'\\\\'.repeat(100_000)}","${'\\\\'.repeat(100_000)}"]`],
    ['digits', '1'.repeat(400_000)],
    ['space', `[${' '.repeat(400_000)}]`],
    ['short strings', `[${items(() => '"\\n"')}]`],
  ])('takes no more time than its length is worth: %s', (_what, value) => {
    const text = parametersOf(value);
    const startedAt = process.cpuUsage();
    const written = writeContext(readContext(text));
    expect(() => readContext(`${text}!`)).toThrow(MalformedContextError);
    // What a square of the length would take is more by far; what else the machine does is not counted.
    expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(4_000);
    expect(written.length).toBeGreaterThan(0);
  });
});

describe('a context that could be', () => {
  it('lacks all but the message', () => {
    const context = readContext('{"MessageName":"X"}');
    expect(context).toMatchObject({
      messageName: 'X',
      depth: null,
      inputParameters: null,
      outputParameters: new Map(),
    });
    expect(writeContext(context)).toBe('{"MessageName":"X"}');
  });

  it('has null for collections', () => {
    const text = '{"InputParameters":null,"MessageName":"X","OutputParameters":null,"SharedVariables":null}';
    const context = readContext(text);
    expect(context).toMatchObject({ inputParameters: null, outputParameters: new Map(), sharedVariables: new Map() });
    expect(writeContext(context)).toBe(text);
  });

  it('has its members in an order of its own', () => {
    const text = '{"Stage":40,"MessageName":"X","Depth":1,"1":1,"0":0,"IsInTransaction":true,"UserId":"u"}';
    expect(writeContext(readContext(text))).toBe(text);
  });

  it.each(['\\u0000', '\\ud800', '\\/', 'é', '\\u00e9', '\\b\\f\\n\\r\\t\\"\\\\', '\u007f\u2028'])(
    'has a text with %s',
    (content) => {
      const value = readContext(parametersOf(`"${content}"`)).inputParameters?.get('a');
      expect(value).toBe(JSON.parse(`"${content}"`));
    },
  );

  it.each<[string, Value]>([
    ['0', 0],
    ['-1', -1],
    ['1.5', 1.5],
    ['123456789012345', 123_456_789_012_345],
    ['9007199254740993', { kind: 'Number', literal: '9007199254740993' }],
    ['0.1', 0.1],
    ['0.10', { kind: 'Number', literal: '0.10' }],
    ['1e3', { kind: 'Number', literal: '1e3' }],
    ['1e+21', 1e21],
    ['0.1000000000000000055511151231257827', { kind: 'Number', literal: '0.1000000000000000055511151231257827' }],
  ])('has the number %s', (literal, number) => {
    const text = parametersOf(literal);
    const context = readContext(text);
    expect(context.inputParameters?.get('a')).toEqual(number);
    expect(writeContext(context)).toBe(text);
  });

  it.each<[string, boolean]>([
    ['/Date(0)/', true],
    ['/Date(-1)/', true],
    ['/Date(1598771723000+0000)/', true],
    ['/Date(8640000000000000)/', true],
    ['/Date(8640000000000001)/', false],
    ['/Date(01)/', false],
    ['/Date(-0)/', false],
    ['/Date(1)', false],
    ['/Date(1)/ ', false],
    ['/Date(1+00:00)/', false],
    ['2026-11-22T10:00:00Z', false],
  ])('has the text %s, a date: %s', (text, isDate) => {
    const value = readContext(parametersOf(JSON.stringify(text))).inputParameters?.get('a');
    expect(typeof value === 'object').toBe(isDate);
  });

  it('has texts where the wire says that they are texts, even if they look like dates', () => {
    const context = readContext(
      parametersOf(
        `{"__type":"Entity:${MARK}","Attributes":[{"key":"/Date(1)/","value":1}],"FormattedValues":[{"key":"k","value":"/Date(1)/"}],"LogicalName":"/Date(1)/"}`,
      ),
    );
    const row = context.inputParameters?.get('a') as Entity;
    expect(row.logicalName).toBe('/Date(1)/');
    expect(row.formattedValues.get('k')).toBe('/Date(1)/');
    expect(row.attributes.has('/Date(1)/')).toBe(true);
  });

  it('has references with another mark than the usual namespace, which nobody knows', () => {
    const text = parametersOf('{"__type":"Money:http://example.com/","Value":1.10}');
    expect(readContext(text).inputParameters?.get('a')).toMatchObject({ kind: 'Unknown' });
  });
});

function parametersOf(value: string, members = ''): string {
  return `{${members}"InputParameters":[{"key":"a","value":${value}}],"MessageName":"X"}`;
}

function items(item: (n: number) => string): string {
  return Array.from({ length: 30_000 }, (_, n) => item(n)).join(',');
}

function refusalOf(text: string): MalformedContextError {
  try {
    readContext(text);
  } catch (error) {
    if (error instanceof MalformedContextError) return error;
    throw error;
  }
  throw new Error('it was read');
}
