import { describe, expect, it } from '@jest/globals';
import { deployed, HUB, request, WEBHOOK } from '../../../../test/provisioning/support/endpoint-states.js';
import { Secret } from '../../secret.js';
import type { Cells } from '../deployed/deployed-state.js';
import type { DeployedEndpoint } from './deployed-endpoint.js';
import { endpointCells } from './endpoint-cells.js';
import { endpointFindings } from './endpoint-findings.js';
import { planEndpoints } from './plan-endpoints.js';
import { rowId } from './row-id.js';
import type { WishedEndpoint } from './wished-endpoint.js';

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

  it('finds one that somebody made by hand by its name, in whatever case', () => {
    const [byHand] = [deployed(WEBHOOK)].map((one) => ({ ...one, id: 'by-hand', name: 'warehouse', steps: [] }));
    const { changes } = planEndpoints(request({ deployed: byHand === undefined ? [] : [byHand] }));
    expect(changes).toMatchObject([
      { action: 'create', component: 'step' },
      { action: 'create', component: 'step' },
    ]);
  });

  it('makes the same row of a name in whatever case', () => {
    expect(rowId('serviceendpoint', 'WAREHOUSE')).toBe(rowId('serviceendpoint', 'warehouse'));
  });

  it('knows its own among several of its name', () => {
    const state = [{ ...deployed(WEBHOOK), id: 'a' }, deployed(WEBHOOK)];
    expect(planEndpoints(request({ deployed: state }))).toMatchObject({ changes: [], obstacles: [] });
  });
});
