import { describe, expect, it } from '@jest/globals';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { type ImportChoices, importEvent } from '../../src/dataverse/importing/import-event.js';
import type { RegisteredApi } from '../../src/dataverse/importing/registered-api.js';
import { ENVELOPE, NOTHING_ASKED, parameter, registeredApi } from './support/registered-apis.js';

type How = Partial<RegisteredApi>;

function refusals(how: How, choices: Partial<ImportChoices> = {}): readonly string[] {
  const verdict = importEvent(registeredApi(how), { ...NOTHING_ASKED, ...choices });
  return verdict.kind === 'refused' ? verdict.refusals.map(({ about, what }) => `${about}: ${what}`) : [];
}

function remarks(how: How, choices: Partial<ImportChoices> = {}): readonly string[] {
  const verdict = importEvent(registeredApi(how), { ...NOTHING_ASKED, ...choices });
  return verdict.kind === 'imported' ? verdict.remarks.map(({ about, what }) => `${about}: ${what}`) : [];
}

function fields(how: How, choices: Partial<ImportChoices> = {}) {
  const verdict = importEvent(registeredApi(how), { ...NOTHING_ASKED, ...choices });
  if (verdict.kind === 'refused') throw new Error(JSON.stringify(verdict.refusals));
  return verdict.definition;
}

const KEY = parameter('ReceiptId');

describe('what no definition can say', () => {
  it.each<[what: string, how: How, refusal: string]>([
    ['another prefix', { uniqueName: 'fabrikam_OnX' }, 'fabrikam_OnX: its prefix is fabrikam, not contoso'],
    ['no prefix', { uniqueName: 'OnX' }, 'OnX: its prefix is missing, not contoso'],
    ['a binding', { boundTable: 'account' }, 'contoso_OnGoodsReceived: it is bound to the table account'],
    ['a function', { isFunction: true }, 'contoso_OnGoodsReceived: it is a function'],
    ['a plug-in', { hasPlugin: true }, 'contoso_OnGoodsReceived: a plug-in is its main operation'],
    ['answers', { responseProperties: ['A', 'B'] }, 'contoso_OnGoodsReceived: it answers with A, B'],
    ['no catalog', { place: null }, 'contoso_OnGoodsReceived: it is in no catalog'],
    ['camelCase', { parameters: [KEY, parameter('storeId')] }, 'storeId: its name is not PascalCase'],
    ['underscores', { parameters: [KEY, parameter('contoso_Store')] }, 'contoso_Store: its name is not PascalCase'],
    [
      'a name of every object',
      { parameters: [KEY, parameter('Constructor')] },
      'Constructor: the field constructor cannot be',
    ],
    [
      'a reference to any table',
      { parameters: [KEY, parameter('Who', { type: ParameterType.EntityReference })] },
      'Who: it references rows of any table',
    ],
    [
      'an unknown type',
      { parameters: [KEY, parameter('What', { type: 13 })] },
      'What: its type is none of the thirteen',
    ],
    [
      'a type of none',
      { parameters: [KEY, parameter('What', { type: null })] },
      'What: its type is none of the thirteen',
    ],
    [
      'a table that is none',
      { parameters: [KEY, parameter('Who', { type: ParameterType.Entity, logicalEntityName: 'a"b' })] },
      'Who: "a\\"b" is no table\'s logical name',
    ],
    [
      'no required text',
      { parameters: [] },
      'contoso_OnGoodsReceived: which parameter identifies an event cannot be told',
    ],
    [
      'a unique name that the gateway cannot make',
      { uniqueName: 'contoso_Goods_Received' },
      'contoso_Goods_Received: its name behind the prefix is not of letters and digits alone',
    ],
    [
      'names that differ by case',
      { parameters: [KEY, parameter('Total'), parameter('TOTAL')] },
      'contoso_OnGoodsReceived: two fields share the parameter name',
    ],
  ])('is refused: %s', (_what, how, refusal) => {
    expect(refusals(how)).toContainEqual(expect.stringContaining(refusal));
  });

  it('is told all at once', () => {
    const parameters = [parameter('storeId'), parameter('What', { type: 99 })];
    expect(refusals({ isFunction: true, hasPlugin: true, place: null, parameters })).toHaveLength(5);
  });

  it('is left out where it is optional and that is asked for', () => {
    const parameters = [KEY, parameter('contoso_Store', { isOptional: true }), parameter('Needed_It')];
    expect(refusals({ parameters }, { without: ['contoso_Store'] })).toEqual(['Needed_It: its name is not PascalCase']);
    expect(refusals({ parameters }, { without: ['contoso_Store', 'Needed_It'] })).toEqual([
      'Needed_It: it is required',
    ]);
    expect(refusals({ parameters: [KEY] }, { without: ['Unheard'] })).toEqual([
      'contoso_OnGoodsReceived: --without names "Unheard", which is no parameter of it',
    ]);
    const optional = [KEY, parameter('contoso_Store', { isOptional: true })];
    const definition = fields({ parameters: optional }, { without: ['contoso_Store'] });
    expect(definition.fields.map(({ name }) => name)).toEqual(['receiptId', 'occurredAt']);
  });
});

describe('the roles of parameters', () => {
  it.each<[names: readonly string[], key: string, source: string | null]>([
    [['ReceiptId', 'GoodsId'], 'goodsId', null],
    [['GoodsNumber', 'VendorId'], 'goodsNumber', null],
    [['ReceiptNumber', 'Company'], 'receiptNumber', 'company'],
    [['ReceiptId', 'CompanyCode', 'ShopNumber'], 'receiptId', 'shopNumber'],
    [['ReceiptId', 'StoreroomName'], 'receiptId', null],
  ])('are found among %j: %s identifies, %s is where', (names, key, source) => {
    const parameters = names.map((name) => parameter(name));
    const verdict = importEvent(registeredApi({ parameters }), { ...NOTHING_ASKED });
    expect(verdict).toMatchObject({ kind: 'imported', definition: { key, source } });
  });

  it('are asked for where several are as likely', () => {
    const parameters = [parameter('PurchaseId'), parameter('StoreId')];
    expect(refusals({ parameters })).toEqual([
      'contoso_OnGoodsReceived: which parameter identifies an event cannot be told from the names',
    ]);
    expect(fields({ parameters }, { key: 'purchaseId', orderingKey: 'StoreId' })).toMatchObject({
      key: 'purchaseId',
      source: 'storeId',
      orderingKey: 'storeId',
    });
    expect(fields({ parameters }, { key: 'PurchaseId', source: false }).source).toBeNull();
  });

  it('are refused where they name no required text', () => {
    const parameters = [
      KEY,
      parameter('Total', { type: ParameterType.Money }),
      parameter('Note', { isOptional: true }),
    ];
    const about = 'contoso_OnGoodsReceived';
    expect(refusals({ parameters }, { key: 'Total', source: 'Note', orderingKey: 'EventSource' })).toEqual([
      `${about}: --key names no required String parameter of it`,
      `${about}: --source names no required String parameter of it`,
      `${about}: --ordering-key names no required String parameter of it`,
    ]);
  });
});

describe('the name of an event', () => {
  it.each<[uniqueName: string, asked: string | null, name: string, version: number, messageName: string | null]>([
    ['contoso_GoodsReceived', null, 'GoodsReceived', 1, null],
    ['contoso_OnGoodsReceived', null, 'GoodsReceived', 1, 'OnGoodsReceived'],
    ['contoso_GoodsReceivedV2', null, 'GoodsReceived', 2, null],
    ['contoso_OnGoodsReceivedV12', null, 'GoodsReceived', 12, 'OnGoodsReceivedV12'],
    ['contoso_GoodsReceivedV1', null, 'GoodsReceivedV1', 1, null],
    ['contoso_goodsReceived', null, 'GoodsReceived', 1, 'goodsReceived'],
    ['contoso_Once', null, 'Once', 1, null],
    ['contoso_GoodsReceived', 'Delivery', 'Delivery', 1, 'GoodsReceived'],
    ['contoso_Date', null, 'Date', 1, null],
    ['contoso_Text', null, 'Text', 1, null],
  ])('of %s, asked to be %j, is %s version %d with message %j', (uniqueName, asked, name, version, messageName) => {
    expect(fields({ uniqueName }, { name: asked })).toMatchObject({ name, version, messageName });
  });

  it('does not hide a word or a global of TypeScript', () => {
    expect(fields({ uniqueName: 'contoso_Date' }).eventClass.name).toBe('DateEvent');
    expect(fields({ uniqueName: 'contoso_Text' }).eventClass.name).toBe('TextEvent');
  });

  it.each(['../x', 'a b', 'x', 'Ünsal', "X'", ''])('is not %j', (name) => {
    expect(refusals({}, { name })).toEqual([expect.stringContaining(`the name "${name}" is not PascalCase`)]);
  });

  it.each([
    ['contoso_GoodsReceived', 'GoodsReceived', 'OnGoodsReceived'],
    ['contoso_OnGoodsReceived', 'GoodsReceived', 'OnGoodsReceivedEvent'],
    ['fabrikam_goods_received', 'GoodsReceived', 'OnGoodsReceived'],
  ])('of the process action %s is %s, and its message another one: %s', (uniqueName, name, messageName) => {
    const how = { kind: 'process-action', uniqueName } as const;
    expect(fields(how)).toMatchObject({ name, messageName });
    expect(remarks(how)).toContain(
      `${uniqueName}: it stays a process action; \`plan\` will create the custom API contoso_${messageName} beside it`,
    );
  });
});

describe('what plan will say', () => {
  it('is nothing for an API that has the envelope in its own words', () => {
    expect(remarks({}).filter((remark) => remark.includes('plan'))).toEqual([]);
  });

  it.each<[what: string, how: How, remark: string]>([
    [
      'a missing envelope',
      { parameters: [KEY] },
      "EventId, EventSource, OccurredAt: they are missing; `plan` will take the custom API for somebody else's",
    ],
    [
      'what is missing of it',
      { parameters: [...ENVELOPE.slice(0, 2), KEY] },
      "OccurredAt: it is missing; `plan` will take the custom API for somebody else's",
    ],
    [
      'names of its own',
      { name: 'Goods', parameters: [...ENVELOPE, parameter('ReceiptId', { name: 'Receipt' })] },
      'contoso_OnGoodsReceived, ReceiptId: the name is another; `plan` will set it',
    ],
    [
      'an EventId that is a text',
      { parameters: [parameter('EventId'), KEY] },
      'EventId: it is type 10, not 12; `plan` will want to recreate it',
    ],
    [
      'an OccurredAt that may be left out',
      { parameters: [parameter('OccurredAt', { type: ParameterType.DateTime, isOptional: true }), KEY] },
      'OccurredAt: it is optional; `plan` will want to recreate it',
    ],
    [
      'an envelope in other words',
      { parameters: [...ENVELOPE.slice(1), parameter('EventId', { type: ParameterType.Guid }), KEY] },
      'EventId: its display name or description is another; `plan` will set it',
    ],
    ['no steps', { stepType: 0 }, 'it allows no steps at all; `plan` will want to recreate it as Async Only'],
    [
      'synchronous steps',
      { stepType: 2 },
      'it allows synchronous steps; `plan` will want to recreate it as Async Only',
    ],
    ['workflow steps', { isWorkflowStep: true }, 'it is enabled as a workflow step'],
    ['a private API', { isPrivate: true }, 'it is private; `plan` will make it public'],
    ['a managed API', { isManaged: true }, 'it belongs to a managed solution'],
  ])('is told of %s', (_what, how, remark) => {
    expect(remarks(how)).toContainEqual(expect.stringContaining(remark));
  });

  it('comes with what to fill in', () => {
    const parameters = [
      KEY,
      parameter('Kind', { type: ParameterType.Picklist }),
      parameter('Order', { type: ParameterType.Entity, logicalEntityName: 'contoso_order' }),
      parameter('Lines', { type: ParameterType.EntityCollection }),
    ];
    expect(remarks({ parameters })).toEqual(
      expect.arrayContaining([
        'Kind: which options it takes is not known',
        'Order: what its records hold is not known',
        'Lines: what its records hold is not known',
        'GoodsReceived: how long ReceiptId may be was chosen here, and the example was made up',
      ]),
    );
  });
});
