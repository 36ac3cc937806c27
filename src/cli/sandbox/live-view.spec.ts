import { describe, expect, it } from '@jest/globals';
import { liveView } from './live-view.js';

function viewed(line: object): string {
  let text = '';
  const view = liveView((written) => {
    text += written;
  });
  view.write(JSON.stringify({ time: '2026-11-22T10:00:00.000Z', ...line }));
  return text;
}

describe('the log as somebody before a sandbox sees it', () => {
  it.each([
    [
      { level: 'warn', msg: 'receipt.refused', reason: 'secret-missing', count: 1 },
      'a receipt was refused: secret-missing',
    ],
    [{ level: 'warn', msg: 'receipt.refused', reason: 'malformed', count: 7 }, '7 receipts were refused: malformed'],
    [
      { level: 'warn', msg: 'receipt.stripped', type: 'CustomerPurchase', eventId: '7' },
      'CustomerPurchase 7 was too large: Dataverse told its subscribers without its content',
    ],
    [
      { level: 'warn', msg: 'setting.doubtful', setting: 'HOOK_AUTH_FILE', detail: 'names a file that others read' },
      'HOOK_AUTH_FILE names a file that others read',
    ],
    [
      { level: 'error', msg: 'receipt.listener-changed', cause: 'unauthorized', detail: 'no claim to listen' },
      'error receipt.listener-changed: no claim to listen',
    ],
    [{ level: 'warn', msg: 'oidc.issuer-away', reason: 'timeout' }, 'warn oidc.issuer-away: timeout'],
    [{ level: 'warn', msg: 'a', detail: 'b', err: { message: 'c' } }, 'warn a: c'],
    [{ level: 'warn', msg: 'retention.failed' }, 'warn retention.failed'],
  ])('%j', (line, text) => {
    expect(viewed(line)).toBe(`10:00:00 ${text}\n`);
  });

  it('says nothing of what is no trouble', () => {
    expect(viewed({ level: 'info', msg: 'retention.swept' })).toBe('');
  });
});
