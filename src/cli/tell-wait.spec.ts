import { describe, expect, it } from '@jest/globals';
import { tellWait } from './tell-wait.js';

function told(...waits: readonly (readonly [nowMs: number, ms: number, tookMs?: number])[]): string {
  let text = '';
  let nowMs = 0;
  const tell = tellWait({ write: (part) => (text += part) }, 'Dataverse', () => nowMs);
  for (const [at, ms, tookMs = 0] of waits) {
    nowMs = at;
    tell({ ms, tookMs, why: 'HTTP 429, too many requests' });
  }
  return text;
}

describe('tellWait', () => {
  it('tells why nothing happens, and for how long, in lines of their own', () => {
    expect(told([0, 17_400])).toBe('Dataverse: HTTP 429, too many requests. Trying again in 18 s.\n');
  });

  it('names who gives tokens where one is waited for', () => {
    let text = '';
    const why = 'Entra (login.microsoftonline.com) throttles (HTTP 429)';
    tellWait({ write: (part) => (text += part) }, 'Dataverse')({ ms: 5_000, tookMs: 0, why, isOfToken: true });
    expect(text).toBe('Entra (login.microsoftonline.com) throttles (HTTP 429). Trying again in 5 s.\n');
  });

  it('tells nobody of a moment', () => expect(told([0, 1_999])).toBe(''));

  it('tells of a moment after a try that took long', () => {
    expect(told([0, 500, 20_000], [20_500, 900, 20_000]).split('\n')).toHaveLength(3);
  });

  it('tells once of several requests that wait for the same end, and again of a later one', () => {
    expect(told([0, 10_000], [5, 9_995], [100, 10_000]).split('\n')).toHaveLength(2);
    expect(told([0, 10_000], [10_000, 12_000]).split('\n')).toHaveLength(3);
  });
});
