import { describe, expect, it } from '@jest/globals';
import { generateApiKey, hashApiKey, matchesHash, prefixOf } from './api-key.js';

describe('an API key', () => {
  it('holds 256 random bits behind a public prefix', () => {
    const key = generateApiKey();
    const [, prefix, secret = ''] = /^beg_([a-z2-7]{12})_([A-Za-z0-9_-]{43})[A-Za-z0-9_-]{6}$/.exec(key.text) ?? [];
    expect(prefix).toBe(key.prefix);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(key.hash).not.toContain(secret);
  });

  it('is another one each time', () => {
    const keys = Array.from({ length: 500 }, generateApiKey);
    expect(new Set(keys.map(({ text }) => text)).size).toBe(500);
    expect(new Set(keys.map(({ prefix }) => prefix)).size).toBe(500);
  });

  it('matches its own hash alone', () => {
    const [key, other] = [generateApiKey(), generateApiKey()];
    expect(matchesHash(key.text, key.hash)).toBe(true);
    expect(matchesHash(key.text, other.hash)).toBe(false);
    expect(hashApiKey(key.text)).toBe(key.hash);
  });

  it('shows its prefix only when every character is as it was made', () => {
    const { text, prefix } = generateApiKey();
    expect(prefixOf(text)).toBe(prefix);
    for (let position = 0; position < text.length; position++) {
      const changed = text.charAt(position) === 'a' ? 'b' : 'a';
      expect(prefixOf(text.slice(0, position) + changed + text.slice(position + 1))).toBeNull();
    }
  });

  it.each([[''], ['beg_'], ['beg__'], ['Bearer x'], ['x'.repeat(66)], ['a'.repeat(100_000)]])('is not %p', (text) => {
    expect(prefixOf(text)).toBeNull();
  });
});
