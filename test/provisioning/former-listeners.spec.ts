import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accept } from '../outbox/support/events.js';
import { gateOf } from '../outbox/support/gates.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const NOTE =
  /If a custom API contoso_CustomerPurchase stood there before, what listened to it is gone.* flows off and on.*--execute-privilege <name>/;

describe('apply that makes a custom API', () => {
  let environment: ProvisioningEnvironment;

  beforeEach(async () => {
    environment = await createProvisioningEnvironment();
  });

  afterEach(() => environment.remove());

  /** What a run says on standard output and in JSON of one of the two event types. */
  async function notes(): Promise<readonly string[]> {
    const { exitCode, stdout } = await environment.run('apply --yes --json --event CustomerPurchase');
    expect(exitCode).toBe(0);
    return JSON.parse(stdout).notes;
  }

  it('where there are events of its type says what became of a former one', async () => {
    await accept(await environment.store(), {});
    const { exitCode, stdout } = await environment.run('apply --yes');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Note: ${NOTE.source}`, 'm'));
    expect(stdout).not.toContain('VendorPaymentPosted stood there before');
  });

  it('tells the same in JSON', async () => {
    await accept(await environment.store(), {});
    expect(await notes()).toEqual([expect.stringMatching(NOTE)]);
  });

  it('where somebody paused the type says so too', async () => {
    const pause = { by: 'cli:ann', reason: 'custom API made anew', since: 1 };
    await (await environment.store()).gates.save(gateOf('type:CustomerPurchase', { cause: null, pause }), null);
    expect(await notes()).toEqual([expect.stringMatching(NOTE)]);
  });

  it('says nothing in a new environment, whose gates are closed as drift', async () => {
    await (await environment.store()).gates.save(gateOf('type:CustomerPurchase', { cause: 'drift' }), null);
    expect(await notes()).toEqual([]);
  });

  it('says nothing where no store is known', async () => {
    await accept(await environment.store(), {});
    const options = { environment: { DATABASE_URL: `sqlite:/nowhere/${randomUUID()}.db` } };
    const { exitCode, stdout } = await environment.run('apply --yes', options);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining(API) });
    expect(stdout).not.toContain('stood there before');
  });

  it('says nothing where it only changes what stands', async () => {
    await environment.run('apply --yes');
    await accept(await environment.store(), {});
    environment.drift('customapi', { uniquename: API }, { displayname: 'Another' });
    expect(await notes()).toEqual([]);
  });

  it('that was deleted for it says what became of those who waited for it', async () => {
    await environment.run('apply --yes');
    await environment.store();
    environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
    const recreate = `apply --yes --recreate ${API}`;
    const flow = { callbackregistrationid: randomUUID(), name: 'Thank-you flow', entityname: 'none' };
    environment.emulator.tables.putRow('callbackregistration', { ...flow, sdkmessagename: API, message: 4, scope: 4 });
    expect((await environment.run(recreate)).stdout).toMatch(
      /^Note: contoso_CustomerPurchase was made anew, and what/m,
    );

    environment.emulator.tables.removeRow('callbackregistration', flow.callbackregistrationid);
    environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
    const { exitCode, stdout } = await environment.run(recreate);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/recreated? /i) });
    expect(stdout).not.toContain('was made anew, and what');
  });
});
