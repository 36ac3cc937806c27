import { describe, expect, it } from '@jest/globals';
import { tellWait } from './tell-wait.js';

function told(isTTY: boolean, ...waits: readonly (readonly [nowMs: number, ms: number])[]): string {
  let text = '';
  let nowMs = 0;
  const tell = tellWait({ isTTY, write: (part) => (text += part) }, () => nowMs);
  for (const [at, ms] of waits) {
    nowMs = at;
    tell({ ms, why: 'HTTP 429, too many requests' });
  }
  return text;
}

describe('tellWait', () => {
  it('tells a person why nothing happens, and for how long', () => {
    expect(told(true, [0, 17_400])).toBe('Dataverse: HTTP 429, too many requests. Trying again in 18 s.\n');
  });

  it('tells nobody of a moment', () => expect(told(true, [0, 1_999])).toBe(''));

  it('keeps silent in pipelines', () => expect(told(false, [0, 60_000])).toBe(''));

  it('tells once of several requests that wait for the same end, and again of a later one', () => {
    expect(told(true, [0, 10_000], [5, 9_995], [100, 10_000]).split('\n')).toHaveLength(2);
    expect(told(true, [0, 10_000], [10_000, 12_000]).split('\n')).toHaveLength(3);
  });
});
