import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CheckStep } from '../../src/dataverse/checks/check-step.js';
import { createReceiverEnvironment, type ReceiverEnvironment } from './support/receiver-environment.js';

describe('dataverse check, of a gateway that expects receipts', () => {
  let environment: ReceiverEnvironment;
  beforeEach(async () => {
    environment = await createReceiverEnvironment();
    await environment.dataverse('apply', '--yes');
  });
  afterEach(() => environment.remove());

  const check = async (settings: Readonly<Record<string, string>> = {}) => {
    const { exitCode, stdout } = await environment.dataverseWith(settings, 'check', '--json');
    const { steps } = JSON.parse(stdout) as { steps: readonly CheckStep[] };
    return { exitCode, receipts: steps.find(({ step }) => step === 'receipts') };
  };

  it('hints that nothing confirms, until the receiver is registered', async () => {
    const { exitCode, receipts } = await check();
    expect(exitCode).toBe(0);
    expect(receipts).toMatchObject({ result: 'warning', advice: expect.stringContaining('--receiver') });
    expect(receipts?.detail).toContain('contoso_CustomerPurchase, contoso_VendorPaymentPosted');
    await environment.withReceiver('apply', '--yes');
    expect((await check()).receipts).toMatchObject({ result: 'ok', advice: null });
  });

  it('says so where the steps cannot be read', async () => {
    environment.emulator.fault({
      kind: 'status',
      ...{ status: 403, code: '0x80040220', times: null },
      match: { target: 'table', table: 'sdkmessageprocessingsteps' },
    });
    const { exitCode, receipts } = await check();
    expect(exitCode).toBe(0);
    expect(receipts).toMatchObject({ result: 'warning', advice: expect.stringContaining('prvRead') });
  });

  it('says nothing of receipts where none are expected', async () => {
    expect((await check({ HOOK_AUTH_FILE: '' })).receipts).toBeUndefined();
  });
});
