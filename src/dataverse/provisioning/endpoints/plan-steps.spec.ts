import { describe, expect, it } from '@jest/globals';
import { APIS, deployed, request, WEBHOOK } from '../../../../test/provisioning/support/endpoint-states.js';
import type { Cells } from '../deployed/deployed-state.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { planEndpoints } from './plan-endpoints.js';

describe('a plan of steps', () => {
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

  it('knows one of its own by its id, whatever somebody named it', () => {
    const state = withStep({ name: 'Mine', cells: { ...deployed(WEBHOOK).steps[0]?.cells, name: 'Mine' } });
    expect(planEndpoints(request({ deployed: state })).changes).toMatchObject([
      { action: 'update', operations: [{ row: { name: 'Warehouse: contoso_CustomerPurchase' } }] },
    ]);
  });

  it('is not kept from making one by a step that only has a similar name and calls something else', () => {
    const state = withStep({ ...other, name: 'Warehouse: something', handlerId: 'theirs' });
    expect(planEndpoints(request({ deployed: state }))).toMatchObject({
      changes: [{ action: 'create' }],
      obstacles: [],
    });
  });

  it('deletes none that calls something else, whatever its name', () => {
    const [endpoint] = withStep({ handlerId: 'theirs' });
    const wished = [{ ...WEBHOOK, events: ['VendorPaymentPosted'] }];
    const plan = planEndpoints(request({ wished, deployed: endpoint === undefined ? [] : [endpoint], prune: true }));
    expect(plan).toEqual({ changes: [], obstacles: [], notes: [] });
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
