import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../secret.js';
import type { Cells } from '../deployed-state.js';
import type { WishedCustomApi } from '../wished-state.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { endpointCells } from './endpoint-cells.js';
import { endpointFindings } from './endpoint-findings.js';
import { type EndpointsRequest, planEndpoints } from './plan-endpoints.js';
import { rowId } from './row-id.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import { wishedSteps } from './wished-step.js';

const WEBHOOK: WishedEndpoint = {
  name: 'Warehouse',
  description: null,
  rank: 1,
  events: '*',
  target: {
    kind: 'webhook',
    url: 'https://warehouse.example.com/events',
    authentication: { kind: 'http-header', headers: [{ name: 'x-key', value: new Secret('a&"b') }] },
  },
};
const HUB: WishedEndpoint = {
  name: 'Lake',
  description: 'For reports.',
  rank: 5,
  events: ['CustomerPurchase'],
  target: {
    kind: 'event-hub',
    namespaceAddress: 'sb://contoso.servicebus.windows.net/',
    path: 'events',
    sasKeyName: 'send',
    sasKey: new Secret('a-key'),
    format: 'json',
    userClaim: 'user-id',
  },
};
const APIS = [customApi('CustomerPurchase'), customApi('VendorPaymentPosted')];

function customApi(type: string): WishedCustomApi {
  const api = { uniqueName: `contoso_${type}`, displayName: type, description: type, requestParameters: [] };
  return { type, api, category: 'contoso_Sales' };
}

function deployedStep(step: { id: string; message: string; cells: Cells }, handlerId: string): DeployedStep {
  return { ...step, isManaged: false, name: String(step.cells.name), handlerId };
}

function deployed(wished: WishedEndpoint, cells: Cells = {}): DeployedEndpoint {
  const { readable, secret } = endpointCells(wished);
  const id = rowId('serviceendpoint', wished.name);
  const steps = wishedSteps(wished, APIS).map((step) => deployedStep(step, id));
  return { id, name: wished.name, isManaged: false, cells: { ...readable, [secret.flag]: true, ...cells }, steps };
}

function request(changed: Partial<EndpointsRequest>): EndpointsRequest {
  const nothing = { recreated: new Set<string>(), prune: false, writeSecrets: false };
  return { wished: [WEBHOOK], deployed: [deployed(WEBHOOK)], customApis: APIS, ...nothing, ...changed };
}

describe('a plan of endpoints', () => {
  it('makes endpoints with their secrets, then a step for each of their events', () => {
    const { changes, obstacles } = planEndpoints(request({ wished: [WEBHOOK, HUB], deployed: [] }));
    expect(obstacles).toEqual([]);
    expect(changes.map(({ action, component, name, type }) => [action, component, name, type])).toEqual([
      ['create', 'service-endpoint', 'Warehouse', null],
      ['create', 'step', 'Warehouse: contoso_CustomerPurchase', 'CustomerPurchase'],
      ['create', 'step', 'Warehouse: contoso_VendorPaymentPosted', 'VendorPaymentPosted'],
      ['create', 'service-endpoint', 'Lake', null],
      ['create', 'step', 'Lake: contoso_CustomerPurchase', 'CustomerPurchase'],
    ]);
    expect(changes[1]?.operations).toEqual([
      {
        kind: 'create',
        set: 'sdkmessageprocessingsteps',
        primaryKey: 'sdkmessageprocessingstepid',
        id: rowId('sdkmessageprocessingstep', 'Warehouse: contoso_CustomerPurchase'),
        row: {
          name: 'Warehouse: contoso_CustomerPurchase',
          rank: 1,
          stage: 40,
          mode: 1,
          supporteddeployment: 0,
          asyncautodelete: true,
        },
        binds: [
          {
            navigation: 'sdkmessageid',
            set: 'sdkmessages',
            to: { filter: "name eq 'contoso_CustomerPurchase'", primaryKey: 'sdkmessageid' },
          },
          {
            navigation: 'eventhandler_serviceendpoint',
            set: 'serviceendpoints',
            to: { id: rowId('serviceendpoint', 'Warehouse') },
          },
        ],
      },
    ]);
  });

  it('holds no secret that anything prints', () => {
    const plan = planEndpoints(request({ wished: [WEBHOOK, HUB], deployed: [] }));
    expect(JSON.stringify(plan)).toContain('"authvalue":"[secret]"');
    expect(JSON.stringify(plan)).not.toMatch(/a-key|a&/);
  });

  it('has nothing to do where everything fits', () => {
    const wished = [WEBHOOK, HUB];
    expect(planEndpoints(request({ wished, deployed: wished.map((one) => deployed(one)) }))).toEqual({
      changes: [],
      obstacles: [],
      notes: [],
    });
  });

  it('gives the same ids at every run', () => {
    const ids = () => planEndpoints(request({ deployed: [] })).changes.flatMap(({ operations }) => operations);
    expect(ids()).toEqual(ids());
  });

  it.each<[WishedEndpoint, string, Cells[string]]>([
    [WEBHOOK, 'url', 'https://other.example.com/'],
    [WEBHOOK, 'authtype', 4],
    [WEBHOOK, 'name', 'WAREHOUSE'],
    [HUB, 'description', null],
    [HUB, 'namespaceaddress', 'sb://other.servicebus.windows.net/'],
    [HUB, 'path', 'other'],
    [HUB, 'authtype', 3],
    [HUB, 'saskeyname', 'other'],
    [HUB, 'messageformat', 3],
    [HUB, 'userclaim', 1],
  ])('mends what differs of %j in %s, and writes the secret along', (wished, column, value) => {
    const state = request({ wished: [wished], deployed: [deployed(wished, { [column]: value })] });
    const { readable, secret } = endpointCells(wished);
    const [change, ...others] = planEndpoints(state).changes;
    expect(others).toEqual([]);
    expect(change?.differences).toContainEqual({ column, wished: readable[column], deployed: value });
    expect(change?.operations).toMatchObject([
      { kind: 'update', row: { [column]: readable[column], [secret.column]: secret.value } },
    ]);
    expect(endpointFindings(state).findings).toMatchObject([
      { severity: 'differing', component: 'service-endpoint', what: expect.stringContaining(column) },
    ]);
  });

  it('writes a secret that is not set', () => {
    const { changes } = planEndpoints(request({ deployed: [deployed(WEBHOOK, { isauthvalueset: false })] }));
    expect(changes).toMatchObject([
      {
        differences: [{ column: 'authvalue', wished: 'set', deployed: 'not set' }],
        operations: [{ row: { authvalue: expect.any(Secret) } }],
      },
    ]);
  });

  it('writes secrets that are set where it is asked to', () => {
    const { changes } = planEndpoints(request({ writeSecrets: true }));
    expect(changes).toMatchObject([{ differences: [{ column: 'authvalue', wished: 'set anew', deployed: 'set' }] }]);
  });

  it.each<[string, Cells[string], RegExp]>([
    ['url', 'https://other.example.com/', /another address/],
    ['authtype', 4, /refuses the events/],
    ['name', 'WAREHOUSE', /not what is there/],
  ])('is why a finding tells what %s costs', (column, value, why) => {
    const { findings } = endpointFindings(request({ deployed: [deployed(WEBHOOK, { [column]: value })] }));
    expect(findings).toMatchObject([{ why: expect.stringMatching(why), advice: expect.stringContaining('apply') }]);
  });

  it('is why findings tell what is missing', () => {
    const { findings } = endpointFindings(request({ deployed: [] }));
    expect(findings.map(({ what, type }) => [what, type])).toEqual([
      ["The service endpoint 'Warehouse' is missing.", null],
      ["The step 'Warehouse: contoso_CustomerPurchase' is missing.", 'CustomerPurchase'],
      ["The step 'Warehouse: contoso_VendorPaymentPosted' is missing.", 'VendorPaymentPosted'],
    ]);
  });

  it('shows no key that somebody put into an address', () => {
    const url = 'https://user:hunter2@other.example.com/?code=hunter2';
    const state = request({ deployed: [deployed(WEBHOOK, { url })] });
    expect(JSON.stringify([planEndpoints(state), endpointFindings(state)])).not.toContain('hunter2');
  });

  it.each<[string, readonly DeployedEndpoint[], RegExp]>([
    [
      'an endpoint of another kind',
      [deployed(WEBHOOK, { contract: 6 })],
      /is of kind service-bus-queue; wished is webhook/,
    ],
    ['two of its name', ['a', 'b'].map((id) => ({ ...deployed(WEBHOOK), id })), /2 service endpoints are named/],
    ['a managed one that differs', [{ ...deployed(WEBHOOK, { url: '' }), isManaged: true }], /url.*managed solution/],
  ])('stops before %s', (_what, state, what) => {
    const { changes, obstacles } = planEndpoints(request({ deployed: state }));
    expect(changes).toEqual([]);
    expect(obstacles).toMatchObject([{ what: expect.stringMatching(what) }]);
  });

  it('knows its own among several of its name', () => {
    const state = [{ ...deployed(WEBHOOK), id: 'a' }, deployed(WEBHOOK)];
    expect(planEndpoints(request({ deployed: state }))).toMatchObject({ changes: [], obstacles: [] });
  });

  describe('for steps', () => {
    const other = { name: 'Mine: contoso_CustomerPurchase of any Entity', id: 'theirs' };

    function withStep(changed: Partial<DeployedStep>): readonly DeployedEndpoint[] {
      const endpoint = deployed(WEBHOOK);
      const [first, ...rest] = endpoint.steps;
      if (first === undefined) throw new Error('no step');
      return [{ ...endpoint, steps: [{ ...first, ...changed }, ...rest] }];
    }

    it.each<[string, Cells[string], object]>([
      ['name', 'warehouse: contoso_CustomerPurchase', { name: 'Warehouse: contoso_CustomerPurchase' }],
      ['stage', 10, { stage: 40 }],
      ['mode', 0, { mode: 1 }],
      ['rank', 2, { rank: 1 }],
      ['supporteddeployment', 2, { supporteddeployment: 0 }],
      ['asyncautodelete', false, { asyncautodelete: true }],
      ['filteringattributes', 'name', { filteringattributes: null }],
      ['configuration', 'x', { configuration: null }],
      ['impersonatinguserid', 'somebody', { 'impersonatinguserid@odata.bind': null }],
      ['statecode', 1, { statecode: 0, statuscode: 1 }],
    ])('mends what differs in %s', (column, value, row) => {
      const [step] = deployed(WEBHOOK).steps;
      const state = withStep({ cells: { ...step?.cells, [column]: value } });
      const { changes } = planEndpoints(request({ deployed: state }));
      expect(changes).toMatchObject([{ component: 'step', action: 'update', type: 'CustomerPurchase' }]);
      expect(changes[0]?.operations).toEqual([expect.objectContaining({ kind: 'update', row, binds: [] })]);
    });

    it.each<[string, Partial<DeployedStep>, string]>([
      ['another message', { message: 'contoso_Other' }, 'sdkmessageid'],
      ['another endpoint', { handlerId: 'other' }, 'eventhandler_serviceendpoint'],
    ])('brings back one that was moved to %s', (_where, changed, navigation) => {
      const { changes } = planEndpoints(request({ deployed: withStep(changed) }));
      expect(changes).toMatchObject([{ operations: [{ kind: 'update', row: {}, binds: [{ navigation }] }] }]);
    });

    it('leaves those of others alone', () => {
      const endpoint = deployed(WEBHOOK);
      const steps = endpoint.steps.map((step) => ({ ...step, ...other, message: 'contoso_Other' }));
      const plan = planEndpoints(
        request({ deployed: [{ ...endpoint, steps: [...endpoint.steps, ...steps] }], prune: true }),
      );
      expect(plan).toEqual({ changes: [], obstacles: [], notes: [] });
    });

    it('makes no second one beside that of somebody else, who would get every event twice', () => {
      const { changes, obstacles } = planEndpoints(request({ deployed: withStep(other) }));
      expect(changes).toEqual([]);
      expect(obstacles).toMatchObject([{ component: 'step', what: expect.stringContaining(other.name) }]);
    });

    it('makes its own beside a disabled one of somebody else', () => {
      const state = withStep({ ...other, cells: { statecode: 1 } });
      expect(planEndpoints(request({ deployed: state })).changes).toMatchObject([{ action: 'create' }]);
    });

    it('leaves a managed one that differs to its publisher', () => {
      const { changes, obstacles } = planEndpoints(request({ deployed: withStep({ isManaged: true, cells: {} }) }));
      expect([changes, obstacles]).toMatchObject([[], [{ component: 'step' }]]);
    });

    it('makes them anew where the custom API is made anew', () => {
      const recreated = new Set(['contoso_CustomerPurchase']);
      const { changes } = planEndpoints(request({ recreated }));
      expect(changes).toMatchObject([{ action: 'create', name: 'Warehouse: contoso_CustomerPurchase' }]);
    });

    it('tells of those that nothing wishes any more, and deletes them where it is asked to', () => {
      const wished = [{ ...WEBHOOK, events: ['VendorPaymentPosted'] }];
      const told = planEndpoints(request({ wished }));
      expect(told).toMatchObject({ changes: [], notes: [expect.stringMatching(/contoso_CustomerPurchase.*--prune/)] });
      const pruned = planEndpoints(request({ wished, prune: true }));
      expect(pruned).toMatchObject({ changes: [{ action: 'delete', component: 'step' }], notes: [] });
    });

    it('knows nothing of those of other events where it is asked about one', () => {
      const narrowed = { customApis: APIS.slice(0, 1), narrowed: true, prune: true };
      expect(planEndpoints(request(narrowed))).toEqual({ changes: [], obstacles: [], notes: [] });
      const wished = [{ ...WEBHOOK, events: ['VendorPaymentPosted'] }];
      expect(planEndpoints(request({ ...narrowed, wished })).changes).toMatchObject([
        { action: 'delete', name: 'Warehouse: contoso_CustomerPurchase' },
      ]);
    });
  });
});
