import { describe, expect, it } from '@jest/globals';
import { pointerTo } from './json-pointer.js';

describe('a JSON pointer', () => {
  it.each([
    ['', 'lines', '/lines'],
    ['/lines', '0', '/lines/0'],
    ['/lines/0', 'a/b~c', '/lines/0/a~1b~0c'],
    ['', '', '/'],
    ['', 'x'.repeat(1_024), `/${'x'.repeat(1_024)}`],
    ['', 'x'.repeat(1_025), `/${'x'.repeat(1_023)}…`],
    ['/a', '/'.repeat(60_000), `/a/${'~1'.repeat(1_023)}…`],
    ['', `${'x'.repeat(1_022)}😀😀`, `/${'x'.repeat(1_022)}\ufffd…`],
  ])('from %j to %j is %j', (parent, member, pointer) => {
    expect(pointerTo(parent, member)).toBe(pointer);
  });
});
