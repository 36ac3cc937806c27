import { describe, expect, it } from '@jest/globals';
import { WEBHOOK } from '../../../test/provisioning/support/endpoint-states.js';
import type { Cells } from '../provisioning/deployed/deployed-state.js';
import { RECEIVER_NAME } from '../provisioning/endpoints/own-receiver.js';
import { judgeReceipts } from './judge-receipts.js';

function step(endpoint: string, message: string, cells: Cells = { statecode: 0 }) {
  return { id: message, name: `${endpoint}: ${message}`, message, handlerId: 'endpoint', isManaged: false, cells };
}

describe('the steps on custom APIs', () => {
  it.each([RECEIVER_NAME, `${RECEIVER_NAME} (test)`])('confirm where they are those of %s', (endpoint) => {
    expect(judgeReceipts(['a_A', 'a_B'], [step(endpoint, 'A_a'), step(endpoint, 'a_B')])).toMatchObject({
      result: 'ok',
    });
  });

  it.each([
    ['is missing', []],
    ['is disabled', [step(RECEIVER_NAME, 'a_B', { statecode: 1 })]],
    ['is for another receiver', [step(WEBHOOK.name, 'a_B')]],
  ])('do not where one %s', (_what, more) => {
    expect(judgeReceipts(['a_A', 'a_B'], [step(RECEIVER_NAME, 'a_A'), ...more])).toMatchObject({
      result: 'warning',
      detail: expect.stringMatching(/on a_B$/),
      advice: expect.stringContaining('--receiver'),
    });
  });
});
