import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { customApiFor } from '../../src/contract/custom-api.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { createImportingEnvironment, type ImportingEnvironment } from './support/importing-environment.js';
import { ENVELOPE } from './support/registered-apis.js';

let environment: ImportingEnvironment;
beforeEach(async () => {
  environment = await createImportingEnvironment();
});
afterEach(() => environment.remove());

const API = 'contoso_OnGoodsReceived';

interface ByHand {
  readonly uniquename: string;
  readonly type: number;
  readonly [column: string]: unknown;
}

/** Registers an API as the documentation's sample does, in words of somebody's own. */
function registerByHand(parameters: readonly ByHand[], how: Readonly<Record<string, unknown>> = {}): string {
  const id = environment.create('customapi', {
    uniquename: API,
    name: API,
    displayname: 'Goods "received" at last',
    description: "Goods came in; it's all there.",
    bindingtype: 0,
    boundentitylogicalname: null,
    isfunction: false,
    isprivate: false,
    allowedcustomprocessingsteptype: 1,
    executeprivilegename: null,
    workflowsdkstepenabled: false,
    iscustomizable: { Value: true },
    CustomAPIRequestParameters: parameters.map((parameter) => ({
      name: `${API}.${parameter.uniquename}`,
      displayname: `${API} ${parameter.uniquename} parameter`,
      description: `The ${parameter.uniquename} request parameter for ${API} Custom API.`,
      isoptional: false,
      logicalentityname: null,
      iscustomizable: { Value: true },
      ...parameter,
    })),
    ...how,
  });
  assign(`/customapis(${id})`);
  return id;
}

function assign(customApi: string): void {
  const root = environment.create('catalog', {
    name: 'Contoso Customer Management',
    uniquename: 'contoso_CustomerManagement',
    displayname: 'Contoso Customer Management',
    description: 'The root catalog.',
  });
  const category = environment.create('catalog', {
    name: 'Customer Events',
    uniquename: 'contoso_CustomerEvents',
    displayname: 'Customer Events',
    description: 'The category.',
    'ParentCatalogId@odata.bind': `catalogs(${root})`,
  });
  environment.create('catalogassignment', {
    name: 'Goods Received',
    'CustomAPIId@odata.bind': customApi,
    'CatalogId@odata.bind': `catalogs(${category})`,
  });
}

const BY_HAND_ENVELOPE: readonly ByHand[] = ENVELOPE.map(({ uniqueName, displayName, description, type }) => ({
  uniquename: uniqueName,
  displayname: displayName,
  description,
  type: type ?? 0,
}));

describe('import and plan', () => {
  it.each(['contoso_CustomerPurchase', 'contoso_VendorPaymentPosted'])(
    'find no difference in %s as apply made it',
    async (uniqueName) => {
      await environment.run('apply', '--yes');
      const definition = await environment.import(uniqueName, '--force');
      expect(customApiFor(definition, 'contoso').uniqueName).toBe(uniqueName);
      expect(await environment.plan(definition)).toEqual([]);
    },
  );

  it('find no difference in an API of all thirteen types, registered by hand, in words and a catalog of its own', async () => {
    const everyType = Object.entries(ParameterType).map(([name, type]) => ({
      uniquename: `${name}Value`,
      type,
      isoptional: type % 2 === 0,
      logicalentityname: name === 'Entity' || name === 'EntityReference' ? 'account' : null,
    }));
    registerByHand([...BY_HAND_ENVELOPE, { uniquename: 'ReceiptId', type: ParameterType.String }, ...everyType]);
    const definition = await environment.import(API);
    expect(await environment.plan(definition)).toEqual([]);
    expect(definition).toMatchObject({
      type: 'GoodsReceived',
      key: 'receiptId',
      displayName: 'Goods "received" at last',
      catalog: {
        root: 'Contoso Customer Management',
        category: 'Customer Events',
        rootName: 'CustomerManagement',
        categoryName: 'CustomerEvents',
      },
    });
  });

  it.each([
    ['of another publisher', { uniquename: 'fabrikam_Root' }, { uniquename: 'fabrikam_Events' }],
    ['whose names are not what makers read', { name: 'root' }, { name: 'events' }],
    ['of unique names as they would be made here', { uniquename: 'contoso_ContosoCustomerManagement' }, {}],
  ])('leave catalogs alone %s', async (_what, root, category) => {
    registerByHand([...BY_HAND_ENVELOPE, { uniquename: 'ReceiptId', type: ParameterType.String }]);
    const change = (name: string, cells: Readonly<Record<string, string>>) => {
      const { catalogid } = environment.row('catalog', 'displayname', name);
      environment.emulator.tables.changeRow('catalog', String(catalogid), cells);
    };
    change('Contoso Customer Management', root);
    change('Customer Events', category);
    const definition = await environment.import(API);
    expect(await environment.plan(definition)).toEqual([]);
  });

  it('agree in what is left to do where the envelope is missing', async () => {
    registerByHand([{ uniquename: 'ReceiptId', type: ParameterType.String }]);
    const definition = await environment.import(API);
    expect(await environment.plan(definition)).toEqual([
      expect.stringMatching(`^obstacle custom-api ${API}: .* has no EventId, no EventSource, no OccurredAt$`),
    ]);
  });
});
