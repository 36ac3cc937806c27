import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_VendorPaymentPosted';
const APPLY = 'apply --yes --without-gate --event VendorPaymentPosted';
const PLUGIN = 'b1b1b1b1-0000-4000-8000-000000000001';

let environment: ProvisioningEnvironment;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  const { tables } = environment.emulator;
  const posts = { plugintypeid: PLUGIN, name: 'Vendor.Logic.PostPayment', typename: 'Vendor.Logic.PostPayment' };
  tables.putRow('plugintype', posts);
});
afterEach(() => environment.remove());

/** Somebody's custom API of the name that an event type would have. */
function putTheirs(plugintypeid: string | null, parameters: readonly string[] = ['Amount']): void {
  const { tables } = environment.emulator;
  const customapiid = randomUUID();
  const theirs = { uniquename: API, name: API, displayname: 'Post', description: 'Books it in the ledger.' };
  const kind = { bindingtype: 0, isfunction: false, isprivate: false, allowedcustomprocessingsteptype: 1 };
  tables.putRow('customapi', { customapiid, ...theirs, ...kind, workflowsdkstepenabled: false, plugintypeid });
  for (const uniquename of parameters) {
    const texts = { uniquename, name: `${API}.${uniquename}`, displayname: uniquename, description: 'Of theirs.' };
    const part = { customapirequestparameterid: randomUUID(), customapiid, isoptional: true, type: 10, ...texts };
    tables.putRow('customapirequestparameter', part);
  }
}

describe("somebody else's custom API of the name of an event", () => {
  it.each([
    ['none', ['Amount']],
    ['some', ['EventId', 'EventSource']],
  ])('is left as it is where it has %s of what every event carries', async (_, parameters) => {
    putTheirs(null, parameters);
    const theirs = () => ['customapi', 'customapirequestparameter'].map((table) => environment.rows(table));
    const before = theirs();
    const planned = await environment.run('plan --event VendorPaymentPosted');
    expect(planned).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(`--take-over ${API}`) });
    const refused = await environment.run(`${APPLY} --recreate ${API}`);
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/OccurredAt[\s\S]+`messageName`/) });
    expect(theirs()).toEqual(before);
  });

  it('is made the event where it is taken over by name, and what is lost agreed to', async () => {
    putTheirs(PLUGIN);
    const unagreed = await environment.run(`${APPLY} --take-over ${API}`);
    expect(unagreed).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Vendor.Logic.PostPayment') });
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ plugintypeid: PLUGIN });
    const taken = await environment.run(`${APPLY} --json --take-over VendorPaymentPosted --recreate ${API}`);
    expect(taken.exitCode).toBe(0);
    expect(JSON.parse(taken.stdout).lost).toEqual([
      { customApi: API, component: 'plug-in-type', name: 'Vendor.Logic.PostPayment' },
    ]);
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ plugintypeid: null });
    expect(await environment.run('verify --event VendorPaymentPosted')).toMatchObject({ exitCode: 0 });
  });

  it('is told by verify, with what to do', async () => {
    putTheirs(null);
    const verified = await environment.run('verify --json --event VendorPaymentPosted');
    expect(JSON.parse(verified.stdout).findings).toContainEqual(
      expect.objectContaining({ name: `${API}.EventId`, advice: expect.stringContaining('--take-over') }),
    );
  });

  it('is not taken over by a name that nothing wished has', async () => {
    const refused = await environment.run(`${APPLY} --take-over contoso_Nothing`);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(API) });
    expect(environment.writes()).toEqual([]);
  });
});

describe('a plug-in on a custom API of ours', () => {
  it('is taken off where that is agreed to, and named', async () => {
    await environment.run('apply --yes');
    environment.drift('customapi', { uniquename: API }, { plugintypeid: PLUGIN });
    environment.writes();
    const refused = await environment.run(APPLY);
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Vendor.Logic.PostPayment') });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run(`${APPLY} --recreate ${API}`)).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ plugintypeid: null });
  });

  it('whose name may not be read is named by its id', async () => {
    await environment.run('apply --yes');
    environment.drift('customapi', { uniquename: API }, { plugintypeid: PLUGIN });
    const refusal = { kind: 'status', status: 403, code: '0x80040220', message: 'prvReadPluginType' } as const;
    environment.emulator.fault({ ...refusal, times: null, match: { table: 'plugintypes' } });
    expect(await environment.run(APPLY)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(PLUGIN) });
  });
});

describe('a required parameter that is missing on a custom API that stands', () => {
  it('is added where that is agreed to, for events of an older definition are refused from then on', async () => {
    await environment.run('apply --yes');
    const before = environment.provisioned();
    const { customapiid = null } = environment.row('customapi', { uniquename: API });
    const [amount] = environment
      .rows('customapirequestparameter', { customapiid, isoptional: false })
      .filter(({ uniquename }) => !['EventId', 'EventSource', 'OccurredAt'].includes(String(uniquename)));
    environment.emulator.tables.removeRow('customapirequestparameter', String(amount?.customapirequestparameterid));
    environment.writes();
    const refused = await environment.run(APPLY);
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('required, and not there yet') });
    expect(environment.writes()).toEqual([]);
    const planned = JSON.parse((await environment.run('plan --json --event VendorPaymentPosted')).stdout);
    expect(planned.recreations).toMatchObject([
      { scope: 'parts', losses: [], advice: expect.stringMatching(/pending ones too.+optional.+version: 2/) },
    ]);
    expect(await environment.run(`${APPLY} --recreate ${API}`)).toMatchObject({ exitCode: 0 });
    expect(environment.provisioned()).toEqual(before);
  });

  it('is added unasked where it is optional', async () => {
    await environment.run('apply --yes');
    const purchase = environment.row('customapirequestparameter', { uniquename: 'Email', isoptional: true });
    environment.emulator.tables.removeRow('customapirequestparameter', String(purchase.customapirequestparameterid));
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
  });
});
