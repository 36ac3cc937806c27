import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { batchOf, partsOf } from './support/batch.js';
import type { Client } from './support/client.js';
import { customApi, parameter } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { documentOf, errorOf, read, rowsOf, write } from './support/tables.js';

interface Node {
  readonly '@Name': string;
  readonly [name: string]: unknown;
}

/** The schema of `$metadata`, every element a list. */
async function schemaOf(client: Client): Promise<Readonly<Record<string, readonly Node[]>>> {
  const reply = await read(client, '$metadata');
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/xml' } });
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (_name, path, _isLeaf, isAttribute) =>
      !isAttribute && !/Edmx$|DataServices$|Schema$|EntityContainer$/.test(String(path)),
  });
  return parser.parse(reply.body)['edmx:Edmx']['edmx:DataServices'].Schema;
}

function named(nodes: readonly Node[] | undefined, name: string): Node | undefined {
  return nodes?.find((node) => node['@Name'] === name);
}

const EVERY_TYPE = customApi('contoso_OnEverything', [
  parameter('Flag', ParameterType.Boolean),
  parameter('At', ParameterType.DateTime),
  parameter('Amount', ParameterType.Money),
  parameter('Row', ParameterType.Entity),
  parameter('Rows', ParameterType.EntityCollection, { logicalEntityName: 'account' }),
  parameter('Anything', ParameterType.EntityReference),
  parameter('Contact', ParameterType.EntityReference, { logicalEntityName: 'contact' }),
  parameter('Text', ParameterType.String, { isOptional: true }),
  parameter('Texts', ParameterType.StringArray),
  parameter('Id', ParameterType.Guid),
]);

describe('$metadata', () => {
  it('tells the parameters of a custom API by their types, and which may be left out', async () => {
    const { client } = await runningEmulator({ customApis: [EVERY_TYPE] });
    const schema = await schemaOf(client);
    const action = named(schema.Action, 'contoso_OnEverything');
    expect(action?.Parameter).toEqual([
      { '@Name': 'Flag', '@Type': 'Edm.Boolean', '@Nullable': 'false' },
      { '@Name': 'At', '@Type': 'Edm.DateTimeOffset', '@Nullable': 'false' },
      { '@Name': 'Amount', '@Type': 'Edm.Decimal', '@Nullable': 'false' },
      { '@Name': 'Row', '@Type': 'mscrm.expando', '@Nullable': 'false' },
      { '@Name': 'Rows', '@Type': 'Collection(mscrm.account)', '@Nullable': 'false' },
      { '@Name': 'Anything', '@Type': 'mscrm.crmbaseentity', '@Nullable': 'false' },
      { '@Name': 'Contact', '@Type': 'mscrm.contact', '@Nullable': 'false' },
      { '@Name': 'Text', '@Type': 'Edm.String', '@Unicode': 'false' },
      { '@Name': 'Texts', '@Type': 'Collection(Edm.String)', '@Nullable': 'false', '@Unicode': 'false' },
      { '@Name': 'Id', '@Type': 'Edm.Guid', '@Nullable': 'false' },
    ]);
  });

  it('leaves out what is private and functions without an answer, and tells bound ones', async () => {
    const { client, emulator } = await runningEmulator({ customApis: [] });
    const rows = [
      { uniquename: 'contoso_Private', isprivate: true },
      { uniquename: 'contoso_Silent', isfunction: true },
      { uniquename: 'contoso_Bound', bindingtype: 1, boundentitylogicalname: 'account' },
      { uniquename: 'contoso_Many', bindingtype: 2, boundentitylogicalname: 'account' },
      { uniquename: 'contoso_Asks', isfunction: true },
    ];
    const stored = rows.map((row) => emulator.tables.putRow('customapi', { ...row, name: row.uniquename }));
    emulator.tables.putRow('customapiresponseproperty', {
      customapiid: stored[4]?.customapiid ?? null,
      uniquename: 'Answer',
      name: 'Answer',
      type: ParameterType.String,
    });
    const schema = await schemaOf(client);
    const custom = (nodes: readonly Node[] | undefined) =>
      nodes?.map((node) => node['@Name']).filter((name) => name.startsWith('contoso'));
    expect(custom(schema.Action)).toEqual(['contoso_Bound', 'contoso_Many']);
    expect(named(schema.Action, 'contoso_Bound')).toMatchObject({
      '@IsBound': 'true',
      Parameter: [{ '@Name': 'entity', '@Type': 'mscrm.account' }],
    });
    expect(named(schema.Action, 'contoso_Many')).toMatchObject({
      Parameter: [{ '@Name': 'entityset', '@Type': 'Collection(mscrm.account)' }],
    });
    expect(named(schema.Function, 'contoso_Asks')).toMatchObject({
      ReturnType: [{ '@Type': 'mscrm.contoso_AsksResponse' }],
    });
    expect(named(schema.ComplexType, 'contoso_AsksResponse')).toMatchObject({ Property: [{ '@Name': 'Answer' }] });
    expect((await client.call('contoso_Private', '{}')).status).toBe(204);
  });

  it('describes each table with key, properties and where its navigation properties lead, and no secret', async () => {
    const { client } = await runningEmulator();
    const schema = await schemaOf(client);
    const customapi = named(schema.EntityType, 'customapi');
    expect(customapi?.Key).toEqual([{ PropertyRef: [{ '@Name': 'customapiid' }] }]);
    expect(customapi?.Property).toEqual(
      expect.arrayContaining([
        { '@Name': 'iscustomizable', '@Type': 'mscrm.BooleanManagedProperty' },
        { '@Name': '_sdkmessageid_value', '@Type': 'Edm.Guid' },
      ]),
    );
    expect(customapi?.NavigationProperty).toEqual(
      expect.arrayContaining([
        {
          '@Name': 'CustomAPIRequestParameters',
          '@Type': 'Collection(mscrm.customapirequestparameter)',
          '@Partner': 'CustomAPIId',
        },
      ]),
    );
    const endpoint = named(schema.EntityType, 'serviceendpoint')?.Property as readonly Node[];
    expect(endpoint.map((property) => property['@Name'])).not.toContain('authvalue');
    const sets = (schema.EntityContainer as unknown as { EntitySet: readonly Node[] }).EntitySet;
    expect(named(sets, 'customapis')?.['@EntityType']).toBe('Microsoft.Dynamics.CRM.customapi');
  });
});

describe('the service root', () => {
  it('lists the sets', async () => {
    const { client } = await runningEmulator();
    expect((await documentOf(client, '')).value).toEqual(
      expect.arrayContaining([{ name: 'customapis', kind: 'EntitySet', url: 'customapis' }]),
    );
  });
});

describe('the definitions of tables', () => {
  it('are found by logical name, with the id that entities have', async () => {
    const { client } = await runningEmulator();
    const found = await documentOf(client, "EntityDefinitions(LogicalName='account')?$select=MetadataId,SchemaName");
    const [entity] = await rowsOf(client, "entities?$select=entityid&$filter=name eq 'Account'");
    expect(found).toMatchObject({ MetadataId: entity?.entityid, SchemaName: 'Account' });
    expect(
      await rowsOf(client, "EntityDefinitions?$select=EntitySetName&$filter=LogicalName eq 'customapi'"),
    ).toMatchObject([{ EntitySetName: 'customapis' }]);
    const reply = await read(client, "EntityDefinitions(LogicalName='nosuch')");
    expect({ status: reply.status, code: errorOf(reply).code }).toEqual({ status: 404, code: '0x80060891' });
  });
});

describe('solutions', () => {
  it('take rows that are there already, once', async () => {
    const { client, emulator } = await runningEmulator();
    const [api] = await rowsOf(client, 'customapis?$select=customapiid');
    const type = emulator.tables.definition('customapi')?.componentType;
    const add = (ComponentId: unknown, SolutionUniqueName: string) =>
      write(client, 'POST', 'AddSolutionComponent', { ComponentId, ComponentType: type, SolutionUniqueName });
    const first = (await add(api?.customapiid, 'BusinessEvents')).json();
    expect((await add(api?.customapiid, 'BusinessEvents')).json()).toEqual(first);
    const [component] = await rowsOf(client, `solutioncomponents?$filter=solutioncomponentid eq ${first.id}`);
    expect(component).toMatchObject({ objectid: api?.customapiid, componenttype: type });
    expect((await add(randomUUID(), 'BusinessEvents')).status).toBe(404);
    expect((await add(api?.customapiid, 'Nothing')).status).toBe(400);
    expect(await documentOf(client, 'RetrieveVersion()')).toMatchObject({ Version: expect.stringMatching(/^9\.2\./) });
  });
});

describe('a batch', () => {
  it('reads and writes tables among its operations', async () => {
    const { client } = await runningEmulator();

    const { headers, body } = batchOf([
      { method: 'GET', uri: '/api/data/v9.2/customapis?$select=uniquename' },
      {
        method: 'PATCH',
        uri: "/api/data/v9.2/customapis(uniquename='contoso_CustomerPurchase')",
        body: '{"name":"New"}',
      },
      { method: 'GET', uri: "/api/data/v9.2/customapis(uniquename='contoso_CustomerPurchase')?$select=name" },
    ]);
    const reply = await client.api('$batch', { method: 'POST', headers, body });
    const parts = partsOf(reply.headers['content-type'] ?? '', reply.body);
    expect(parts.map(({ status }) => status)).toEqual([200, 204, 200]);
    expect(parts[2]?.body).toContain('"name":"New"');
  });
});
