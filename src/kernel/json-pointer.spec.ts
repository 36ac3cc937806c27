import { describe, expect, it } from '@jest/globals';
import { pointerTo } from './json-pointer.js';

describe('a JSON pointer', () => {
  it.each([
    ['', 'lines', '/lines'],
    ['/lines', '0', '/lines/0'],
    ['/lines/0', 'a/b~c', '/lines/0/a~1b~0c'],
    ['', '', '/'],
    ['', 'x'.repeat(128), `/${'x'.repeat(128)}`],
    ['', 'x'.repeat(129), `/${'x'.repeat(127)}…`],
    ['/a', '/'.repeat(60_000), `/a/${'~1'.repeat(127)}…`],
    ['', `${'x'.repeat(126)}😀😀`, `/${'x'.repeat(126)}\ufffd…`],
  ])('from %j to %j is %j', (parent, member, pointer) => {
    expect(pointerTo(parent, member)).toBe(pointer);
  });
});
