import { describe, expect, it } from '@jest/globals';
import { tellWait } from './tell-wait.js';

function told(isTTY: boolean, ms: number): string {
  let text = '';
  tellWait({ isTTY, write: (part) => (text += part) })({ ms, why: 'HTTP 429, too many requests' });
  return text;
}

describe('tellWait', () => {
  it('tells a person why nothing happens, and for how long', () => {
    expect(told(true, 17_400)).toBe('Dataverse: HTTP 429, too many requests. Trying again in 18 s.\n');
  });

  it('tells nobody of a moment', () => expect(told(true, 1_999)).toBe(''));

  it('keeps silent in pipelines', () => expect(told(false, 60_000)).toBe(''));
});
