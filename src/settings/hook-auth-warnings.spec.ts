import { describe, expect, it } from '@jest/globals';
import type { HookAuth } from '../kernel/hook-auth.js';
import { hookAuthWarnings } from './hook-auth-warnings.js';

const pairs = (...lengths: readonly number[]) => lengths.map((length) => ({ name: 'x', value: 'm'.repeat(length) }));
const SHORT = [expect.stringContaining('fewer than 16 characters')];
const LONG = { kind: 'webhook-key', key: 'm'.repeat(16) } as const;

describe('a way to authenticate at /hooks/dataverse', () => {
  it.each<readonly [string, readonly HookAuth[], readonly unknown[]]>([
    ['a key of 16 characters', [LONG], []],
    ['a key of 15', [{ kind: 'webhook-key', key: 'm'.repeat(15) }], SHORT],
    ['headers of 16 together', [{ kind: 'http-header', headers: pairs(1, 15) }], []],
    ['headers of 15 together', [{ kind: 'http-header', headers: pairs(1, 14) }], SHORT],
    ['parameters of 16 together', [{ kind: 'query-string', parameters: pairs(16) }], []],
    ['parameters of 15 together', [{ kind: 'query-string', parameters: pairs(15) }], SHORT],
    ['the second of two ways is short', [LONG, { kind: 'webhook-key', key: 'm' }], SHORT],
    ['nothing at all', [{ kind: 'anonymous' }], [expect.stringContaining('whoever calls')]],
  ])('is warned about, or not: %s', (_what, ways, expected) => {
    const warnings = hookAuthWarnings(ways);
    expect(warnings).toEqual(expected);
    expect(warnings.join()).not.toContain('mm');
  });
});
