import { describe, expect, it } from '@jest/globals';
import type { RequestParameter } from '../../src/contract/custom-api.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { customApi, parameter } from './support/purchase-api.js';
import { type Running, runningEmulator } from './support/running-emulator.js';

const ROW = '0f8fad5b-d9cb-469f-a165-70867728950e';
const CRM = 'Microsoft.Dynamics.CRM';
const CONTACT = { logicalEntityName: 'contact' };

function knowing(given: RequestParameter, unconfirmed = {}): Promise<Running> {
  return runningEmulator({ customApis: [customApi('contoso_Typed', [given])], unconfirmed });
}

/** Literals of JSON, taken and refused, for each of the thirteen types. */
const TYPES: readonly [string, RequestParameter, readonly string[], readonly string[]][] = [
  ['Boolean', parameter('P', ParameterType.Boolean), ['true', 'false'], ['"true"', '1', 'null', '[]', '{}']],
  [
    'DateTime',
    parameter('P', ParameterType.DateTime),
    ['"2026-11-22T10:00:00Z"', '"2024-02-29T23:59:59.1234567+14:00"', '"2026-11-22T10:00Z"'],
    [
      '"2026-11-22T10:00:00"',
      '"2026-02-30T10:00:00Z"',
      '"2026-11-22T24:00:00Z"',
      '"2026-11-22"',
      '1',
      '"2026-11-22T10:00:00+15:00"',
    ],
  ],
  [
    'Decimal',
    parameter('P', ParameterType.Decimal),
    ['12.3400', '-0.0001', '79228162514264337593543950335', '0'],
    ['"12.34"', '79228162514264337593543950336', 'true', 'null'],
  ],
  ['Money', parameter('P', ParameterType.Money), ['24.850', '-999999999999999.9999'], ['"24.85"', '"x"', '[1]', '{}']],
  ['Float', parameter('P', ParameterType.Float), ['1.5', '1e300', '"INF"', '"NaN"'], ['"1.5"', '1e309', 'true']],
  [
    'Integer',
    parameter('P', ParameterType.Integer),
    ['2147483647', '-2147483648'],
    ['2147483648', '1.5', '1.0', '"1"'],
  ],
  ['Picklist', parameter('P', ParameterType.Picklist), ['1', '100000000'], ['"Charity"', '1.5', '{"Value":1}']],
  ['String', parameter('P', ParameterType.String), ['"x"', '""', '"ü 😀"'], ['1', 'true', 'null', '["x"]']],
  ['StringArray', parameter('P', ParameterType.StringArray), ['[]', '["a","b"]'], ['"a"', '[1]', '[null]', '{}']],
  [
    'Guid',
    parameter('P', ParameterType.Guid),
    [`"${ROW}"`, `"${ROW.toUpperCase()}"`],
    [`"{${ROW}}"`, '"x"', `"${ROW.replaceAll('-', '')}"`, '1'],
  ],
  [
    'EntityReference with a table',
    parameter('P', ParameterType.EntityReference, CONTACT),
    [
      `{"@odata.type":"${CRM}.contact","contactid":"${ROW}"}`,
      `{"contactid":"${ROW}"}`,
      `{"@odata.id":"contacts(${ROW})"}`,
      `{"@odata.type":"#${CRM}.contact","contactid":"${ROW}"}`,
    ],
    [
      `{"@odata.type":"${CRM}.account","accountid":"${ROW}"}`,
      `{"@odata.type":"${CRM}.contact"}`,
      '{"contactid":"x"}',
      `"${ROW}"`,
      '[]',
      '{"@odata.id":"contacts"}',
    ],
  ],
  [
    'EntityReference without one',
    parameter('P', ParameterType.EntityReference),
    [`{"@odata.type":"${CRM}.account","accountid":"${ROW}"}`, `{"@odata.type":"${CRM}.task","activityid":"${ROW}"}`],
    [
      `{"accountid":"${ROW}"}`,
      `{"@odata.type":"account","accountid":"${ROW}"}`,
      `{"@odata.type":"${CRM}.task","taskid":"${ROW}"}`,
    ],
  ],
  [
    'Entity with a table',
    parameter('P', ParameterType.Entity, CONTACT),
    [`{"@odata.type":"${CRM}.contact","firstname":"Ada"}`, '{"firstname":"Ada"}'],
    [`{"@odata.type":"${CRM}.account"}`, '[]', '"x"', '{"x@odata.type":"#String"}'],
  ],
  [
    'Entity of the open type',
    parameter('P', ParameterType.Entity),
    [
      `{"@odata.type":"${CRM}.expando","amount@odata.type":"#Decimal","amount":1.10}`,
      `{"@odata.type":"${CRM}.expando","a":{"@odata.type":"${CRM}.expando","b":true}}`,
      `{"@odata.type":"${CRM}.expando","tags@odata.type":"#Collection(String)","tags":["a"]}`,
      `{"@odata.type":"${CRM}.expando","l@odata.type":"#Collection(${CRM}.expando)","l":[{"@odata.type":"${CRM}.expando"}]}`,
      `{"@odata.type":"${CRM}.expando","k":1e308,"l":[0e9999999999,1e-9999999999]}`,
    ],
    [
      '{"a":1}',
      `{"@odata.type":"${CRM}.expando","amount@odata.type":"#Decimal","amount":"1.10"}`,
      `{"@odata.type":"${CRM}.expando","a@odata.type":"#Nonsense","a":1}`,
      `{"@odata.type":"${CRM}.expando","tags@odata.type":"#Collection(String)","tags":[1]}`,
      `{"@odata.type":"${CRM}.expando","tags@odata.type":"#Collection(String)","tags":"a"}`,
      `{"@odata.type":"${CRM}.expando","l@odata.type":"#Collection(${CRM}.expando)","l":[{}]}`,
      `{"@odata.type":"${CRM}.expando","k":1e9999999999}`,
      `{"@odata.type":"${CRM}.expando","k":[["a",-1e309]]}`,
      `{"@odata.type":"${CRM}.expando","k":[{"l":1e309}]}`,
    ],
  ],
  [
    'EntityCollection',
    parameter('P', ParameterType.EntityCollection),
    ['[]', `[{"@odata.type":"${CRM}.expando","sku":"a"}]`],
    ['{}', '[1]', '[{"sku":"a"}]', 'null'],
  ],
];

describe.each(TYPES)('a parameter of type %s', (_name, given, taken, refused) => {
  it('takes what OData takes, and nothing else', async () => {
    const { client, emulator } = await knowing(given);
    for (const literal of taken) {
      expect([literal, (await client.call('contoso_Typed', `{"P":${literal}}`)).status]).toEqual([literal, 204]);
    }
    for (const literal of refused) {
      const reply = await client.call('contoso_Typed', `{"P":${literal}}`);
      expect([literal, reply.status]).toEqual([literal, 400]);
      expect(reply.json()).toEqual({
        error: { code: '0x80048d19', message: expect.stringContaining('InnerException') },
      });
    }
    expect(emulator.receivedCount).toBe(taken.length);
  });
});

describe('what nobody could confirm', () => {
  it('lets numbers be strings where the client asks for IEEE754Compatible, or everywhere', async () => {
    const { client } = await knowing(parameter('P', ParameterType.Money));
    const headers = { 'content-type': 'application/json;IEEE754Compatible=true' };
    expect((await client.call('contoso_Typed', '{"P":"1.10"}', headers)).status).toBe(204);
    const tolerant = await knowing(parameter('P', ParameterType.Money), { numbersAsStrings: true });
    expect((await tolerant.client.call('contoso_Typed', '{"P":"1.10"}')).status).toBe(204);
    expect((await tolerant.client.call('contoso_Typed', '{"P":"1,10"}')).status).toBe(400);
  });

  it('lets open types go without @odata.type', async () => {
    const { client } = await knowing(parameter('P', ParameterType.Entity), { untypedEntityNeedsType: false });
    expect((await client.call('contoso_Typed', '{"P":{"a":1}}')).status).toBe(204);
  });

  it.each([
    [false, {}],
    [true, { P: null }],
  ])('keeps null parameters: %s', async (keepsNullParameters, parameters) => {
    const given = parameter('P', ParameterType.String, { isOptional: true });
    const { client, emulator } = await knowing(given, { keepsNullParameters });
    expect((await client.call('contoso_Typed', '{"P":null}')).status).toBe(204);
    expect(emulator.received()[0]?.parameters).toEqual(parameters);
  });
});
