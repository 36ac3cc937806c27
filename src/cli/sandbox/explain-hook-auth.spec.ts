import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '../../settings/settings.error.js';
import { explainHookAuth } from './explain-hook-auth.js';

const FILE = '/somewhere/data/sandbox/hook-auth.json';
const FAULT = { name: 'HOOK_AUTH_FILE', detail: 'names a file that must be a JSON object' };

describe("a sandbox's file for HOOK_AUTH_FILE that is not usable", () => {
  it('is named, with what is wrong and that it may be deleted', () => {
    const explained = explainHookAuth(new SettingsError([FAULT]), FILE);
    expect(explained).toMatchObject({ name: 'CommandError', exitCode: 2 });
    expect(String(explained)).toMatch(
      /hook-auth\.json.*\n {2}HOOK_AUTH_FILE names a file that must.*\nDelete that file/,
    );
  });

  it.each([
    ['other settings are wrong too', new SettingsError([FAULT, { name: 'PORT', detail: 'must be a number' }])],
    ['it was something else', new Error('disk')],
  ])('is not blamed where %s', (_what, error) => {
    expect(explainHookAuth(error, FILE)).toBe(error);
  });
});
