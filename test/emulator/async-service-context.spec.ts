import { describe, expect, it } from '@jest/globals';
import { ParameterType as Type } from '../../src/contract/parameter-type.js';
import { ORGANIZATION_ID, ROOT_BUSINESS_UNIT_ID } from '../../src/emulator/tables/seeds/well-known-ids.js';
import type { UnconfirmedPoints } from '../../src/emulator/unconfirmed-points.js';
import { readContext } from '../../src/receipts/context/read-context.js';
import { customApi, PURCHASE, PURCHASE_BODY, parameter } from './support/purchase-api.js';
import { jobsOf, withWebhook } from './support/webhooks.js';

const ID = '0199D1A2-0000-7000-8000-00000000000A';
const NO_ID = '00000000-0000-0000-0000-000000000000';
const CONTRACTS = 'http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts';

/** The body of the webhook that a call leads to. */
async function bodyOf(
  body: string,
  {
    api = PURCHASE,
    query = '',
    headers = {},
    unconfirmed = {},
  }: Partial<{
    api: typeof PURCHASE;
    query: string;
    headers: Record<string, string>;
    unconfirmed: Partial<UnconfirmedPoints>;
  }> = {},
) {
  const options = { customApis: [api], unconfirmed };
  const running = await withWebhook(undefined, { message: api.uniqueName, options });
  const { status } = await running.client.call(`${api.uniqueName}${query}`, body, headers);
  await running.emulator.asyncService.whenIdle();
  return { ...running, status, text: running.shop.seen[0]?.body ?? '' };
}

/** The text of one input parameter's value. */
async function writtenValue(type: Type, literal: string, table: string | null = null): Promise<string> {
  const api = customApi('contoso_One', [parameter('P', type, { logicalEntityName: table })]);
  const { text, status } = await bodyOf(`{"P":${literal}}`, { api, unconfirmed: { contextParent: 'null' } });
  if (status !== 204) throw new Error(`${literal} was refused`);
  const [, value = ''] = /"InputParameters":\[\{"key":"P","value":(.*?)\}\],"IsExecutingOffline"/.exec(text) ?? [];
  return value;
}

const entity = (attributes: string, { id = NO_ID, table = 'expando' } = {}) =>
  `"Attributes":[${attributes}],"EntityState":null,"FormattedValues":[],"Id":"${id}","KeyAttributes":[],"LogicalName":"${table}","RelatedEntities":[],"RowVersion":null}`;
const marked = (name: string, members: string) => `{"__type":"${name}:${CONTRACTS}",${members}`;
const referenceTo = (table: string) =>
  marked(
    'EntityReference',
    `"Id":"${ID.toLowerCase()}","KeyAttributes":[],"LogicalName":"${table}","Name":null,"RowVersion":null}`,
  );
const TYPE = '"@odata.type":"Microsoft.Dynamics.CRM.';

describe('a parameter in the context of an event', () => {
  it.each<readonly [string, Type, string, string, (string | null)?]>([
    ['Boolean', Type.Boolean, 'true', 'true'],
    ['DateTime', Type.DateTime, '"2026-11-22T11:00:00.5+01:00"', '"\\/Date(1795341600500)\\/"'],
    ['Decimal, digit for digit', Type.Decimal, '24.850', '24.850'],
    ['Decimal beyond a double', Type.Decimal, '-9007199254740993.10', '-9007199254740993.10'],
    ['Decimal with an exponent', Type.Decimal, '1.50e3', '1500'],
    ['Decimal with a negative exponent', Type.Decimal, '-15e-4', '-0.0015'],
    ['Float', Type.Float, '1.5e-7', '1.5e-7'],
    ['Integer', Type.Integer, '-7', '-7'],
    ['Money', Type.Money, '24.850', marked('Money', '"Value":24.850}')],
    ['Picklist', Type.Picklist, '2', marked('OptionSetValue', '"Value":2}')],
    [
      'String',
      Type.String,
      '"a/b \\"c\\" \\u2028 \\ud83d\\ude00 \\n ü"',
      '"a\\/b \\"c\\" \\u2028 \\ud83d\\ude00 \\n ü"',
    ],
    ['StringArray', Type.StringArray, '["a","b"]', '["a","b"]'],
    ['Guid', Type.Guid, `"${ID}"`, `"${ID.toLowerCase()}"`],
    ['EntityReference of a table', Type.EntityReference, `{"contactid":"${ID}"}`, referenceTo('contact'), 'contact'],
    [
      'EntityReference that names its table',
      Type.EntityReference,
      `{${TYPE}account","accountid":"${ID}"}`,
      referenceTo('account'),
    ],
    [
      'EntityReference by address',
      Type.EntityReference,
      `{"@odata.id":"opportunities(${ID})"}`,
      referenceTo('opportunity'),
    ],
    [
      'Entity of the open type',
      Type.Entity,
      `{${TYPE}expando","n":1.50}`,
      marked('Entity', entity('{"key":"n","value":1.50}')),
    ],
    [
      'Entity of a table',
      Type.Entity,
      `{"accountid":"${ID}","primarycontactid@odata.bind":"/contacts(${ID})"}`,
      marked(
        'Entity',
        entity(`{"key":"accountid","value":"${ID}"},{"key":"primarycontactid","value":${referenceTo('contact')}}`, {
          id: ID.toLowerCase(),
          table: 'account',
        }),
      ),
      'account',
    ],
    [
      'EntityCollection',
      Type.EntityCollection,
      `[{${TYPE}expando","at":"2026-11-22T10:00:00Z","at@odata.type":"#DateTimeOffset"}]`,
      marked(
        'EntityCollection',
        `"Entities":[{${entity('{"key":"at","value":"\\/Date(1795341600000)\\/"}')}],"EntityName":"expando","MinActiveRowVersion":null,"MoreRecords":false,"PagingCookie":null,"TotalRecordCount":0,"TotalRecordCountLimitExceeded":false}`,
      ),
    ],
  ])('%s', async (_what, type, literal, expected, table = null) => {
    expect(await writtenValue(type, literal, table)).toBe(expected);
  });

  it('is a number where its call wrote it as a text', async () => {
    const { text } = await bodyOf(PURCHASE_BODY.replace('24.850', '"0024.850"'), {
      headers: { 'content-type': 'application/json;IEEE754Compatible=true' },
    });
    expect(text).toContain('"Value":24.850}');
  });

  it.each([
    [false, ['EventId', 'TotalAmount']],
    [true, ['EventId', 'TotalAmount', 'Note']],
  ])('that was sent as null stands there: %s', async (keepsNullParameters, names) => {
    const body = PURCHASE_BODY.replace('}', ',"Note":null,"ContactId@odata.type":"x"}');
    const { text } = await bodyOf(body, { unconfirmed: { keepsNullParameters } });
    expect(JSON.parse(text).InputParameters.map(({ key }: { key: string }) => key)).toEqual(names);
  });
});

describe('the context of an event', () => {
  it('has the members of a RemoteExecutionContext in alphabetical order, with the main operation as parent', async () => {
    const { emulator, stepId, text } = await bodyOf(PURCHASE_BODY, {
      query: '?tag=a%2Fb',
      headers: { 'user-agent': 'till/1', 'x-ms-client-request-id': ID },
    });
    const [user] = emulator.tables.rows('systemuser');
    const [job] = jobsOf(emulator);
    const common = {
      BusinessUnitId: ROOT_BUSINESS_UNIT_ID,
      CorrelationId: job?.correlationid,
      Depth: 1,
      InitiatingUserAgent: 'till/1',
      InitiatingUserAzureActiveDirectoryObjectId: user?.azureactivedirectoryobjectid,
      InitiatingUserId: user?.systemuserid,
      InputParameters: expect.any(Array),
      IsExecutingOffline: false,
      IsInTransaction: false,
      IsOfflinePlayback: false,
      IsolationMode: 1,
      MessageName: PURCHASE.uniqueName,
      Mode: 1,
      OperationCreatedOn: `/Date(${Date.parse(`${job?.createdon}`)}+0000)/`,
      OperationId: job?.asyncoperationid,
      OrganizationId: ORGANIZATION_ID,
      OrganizationName: 'emulated',
      OutputParameters: [],
      OwningExtension: {
        Id: stepId,
        KeyAttributes: [],
        LogicalName: 'sdkmessageprocessingstep',
        Name: null,
        RowVersion: null,
      },
      ParentContext: null,
      PostEntityImages: [],
      PreEntityImages: [],
      PrimaryEntityId: NO_ID,
      PrimaryEntityName: 'none',
      RequestId: ID.toLowerCase(),
      SecondaryEntityName: 'none',
      SharedVariables: [
        { key: 'IsAutoTransact', value: true },
        { key: 'tag', value: 'a/b' },
      ],
      UserAzureActiveDirectoryObjectId: user?.azureactivedirectoryobjectid,
      UserId: user?.systemuserid,
    };
    const context = JSON.parse(text);
    expect(context).toEqual({ ...common, Stage: 40, ParentContext: { ...common, Stage: 30 } });
    expect(Object.keys(context)).toEqual(Object.keys(context).toSorted());
    expect(text).toContain('"value":"a\\/b"');
  });

  it('runs as whom the step says, and tells who called', async () => {
    const { emulator, client, shop, stepId } = await withWebhook();
    const businessunitid = emulator.tables.putRow('businessunit', { name: 'West' }).businessunitid ?? null;
    const { systemuserid = null } = emulator.tables.putRow('systemuser', { lastname: 'Clerk', businessunitid });
    emulator.tables.changeRow('sdkmessageprocessingstep', stepId, { impersonatinguserid: systemuserid });
    await client.call(PURCHASE.uniqueName, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    const context = JSON.parse(shop.seen[0]?.body ?? '');
    expect(context).toMatchObject({ UserId: systemuserid, BusinessUnitId: businessunitid });
    expect(context.InitiatingUserId).toBe(emulator.tables.rows('systemuser')[0]?.systemuserid);
    expect(jobsOf(emulator)).toMatchObject([{ ownerid: systemuserid, createdby: context.InitiatingUserId }]);
  });

  it.each<readonly [Partial<UnconfirmedPoints>, Readonly<Record<string, unknown>>]>([
    [{ contextRequestId: 'null' }, { RequestId: null }],
    [{ contextRequestId: 'platform' }, { RequestId: expect.not.stringMatching(new RegExp(ID, 'i')) }],
    [{ contextParent: 'null' }, { ParentContext: null }],
    [{ globalApiEntityName: '' }, { PrimaryEntityName: '' }],
  ])('under %j has %j', async (unconfirmed, members) => {
    const { text } = await bodyOf(PURCHASE_BODY, { unconfirmed, headers: { 'x-ms-client-request-id': ID } });
    expect(JSON.parse(text)).toMatchObject(members);
  });

  it('does without the user agent where that is asked for, and gives an id of its own where the client gives none', async () => {
    const { text } = await bodyOf(PURCHASE_BODY, {
      unconfirmed: { contextUserAgent: false },
      headers: { 'x-ms-client-request-id': 'none' },
    });
    expect(JSON.parse(text)).not.toHaveProperty('InitiatingUserAgent');
    expect(JSON.parse(text).RequestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is read by the model that the gateway has of it', async () => {
    const { text } = await bodyOf(PURCHASE_BODY, { query: '?tag=x' });
    const { messageName, inputParameters, sharedVariables, parentContext } = readContext(text);
    expect([messageName, sharedVariables.get('tag'), parentContext?.stage]).toEqual([PURCHASE.uniqueName, 'x', 30]);
    expect(inputParameters?.get('TotalAmount')).toMatchObject({ kind: 'Money' });
  });
});
