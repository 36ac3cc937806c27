import { describe, expect, it } from '@jest/globals';
import { classifyBusError } from './classify-bus-error.js';

const CONNECTION = 'Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=c2VjcmV0';

function busError(code: string, message = 'words of the bus'): Error {
  return Object.assign(new Error(message), { name: 'ServiceBusError', code });
}

describe('classifyBusError', () => {
  it.each([
    [busError('UnauthorizedAccess'), 'unauthorized'],
    [busError('MessagingEntityNotFound'), 'entity-missing'],
    [busError('MessagingEntityDisabled'), 'entity-disabled'],
    [busError('ServiceCommunicationProblem'), 'unreachable'],
    [busError('ServiceBusy'), 'unreachable'],
    [busError('GeneralError', 'InvalidOperationError: the entity requires sessions'), 'misconfigured'],
    [new TypeError("Cannot read properties of undefined (reading 'address')"), 'unreachable'],
    [new Error('connect ECONNREFUSED'), 'unreachable'],
    ['a string', 'unreachable'],
    [undefined, 'unreachable'],
  ])('judges %s to be %s', (error, cause) => {
    expect(classifyBusError(error, CONNECTION).cause).toBe(cause);
  });

  it('tells the bus in its own words, on one line, and not for ever', () => {
    const { detail } = classifyBusError(
      busError('UnauthorizedAccess', `Unauthorized.\n TrackingId:1 ${'x'.repeat(999)}`),
      CONNECTION,
    );
    expect(detail).toMatch(/^Unauthorized\. TrackingId:1 x+$/);
    expect(detail.length).toBe(300);
  });

  it.each([
    ['the key', 'c2VjcmV0 is wrong'],
    ['the connection string', `cannot parse ${CONNECTION}`],
  ])('keeps %s to itself', (_what, message) => {
    const { detail } = classifyBusError(new Error(message), CONNECTION);
    expect(detail).not.toContain('c2VjcmV0');
    expect(detail).toContain('[secret]');
  });

  it('keeps a token to itself', () => {
    const token = 'SharedAccessSignature sr=sb&sig=abc';
    const connection = `Endpoint=sb://shop/;SharedAccessSignature=${token}`;
    expect(classifyBusError(new Error(`refused ${token}`), connection).detail).toBe('refused [secret]');
  });
});
