import { describe, expect, it } from '@jest/globals';
import { isStripped } from './is-stripped.js';
import { readContext } from './read-context.js';
import { type Carrier, saysStripped } from './says-stripped.js';

const WHOLE = readContext('{"InputParameters":[],"MessageName":"X"}');
const REST = readContext('{"MessageName":"X"}');

describe('what came with a context', () => {
  it.each<[string, Carrier | undefined, boolean]>([
    ["a request's Headers", new Headers({ 'X-MS-Dynamics-Msg-Size-Exceeded': 'true' }), true],
    ["Node's headers", { 'content-type': 'application/json', 'x-ms-dynamics-msg-size-exceeded': '' }, true],
    ['headers in their own case', { 'X-Ms-Dynamics-Msg-Size-Exceeded': ['1', '2'] }, true],
    ['a Map', new Map([['x-ms-dynamics-msg-size-exceeded', '1']]), true],
    ["a message's properties", { MessageMaxSizeExceeded: true }, true],
    [
      "a message's property with the namespace of claims",
      { 'http://schemas.microsoft.com/xrm/2011/Claims/MessageMaxSizeExceeded': 'true' },
      true,
    ],
    ['a property that only ends so', { NoMessageMaxSizeExceeded: true }, false],
    ['other headers', new Headers({ 'x-ms-dynamics-request-name': 'X' }), false],
    ['other properties', { 'http://schemas.microsoft.com/xrm/2011/Claims/RequestName': 'X' }, false],
    ['a property that is called like a method', { keys: 'x-ms-dynamics-msg-size-exceeded' }, false],
    ['nothing', {}, false],
    ['a message without properties', undefined, false],
  ])('says whether it was stripped: %s', (_what, carrier, says) => {
    expect(saysStripped(carrier)).toBe(says);
    expect(isStripped(WHOLE, carrier)).toBe(says);
    expect(isStripped(REST, carrier)).toBe(true);
  });
});

describe('a context on its own', () => {
  it('is stripped if it has no input parameters, and not if there were none', () => {
    expect(isStripped(REST)).toBe(true);
    expect(isStripped(WHOLE)).toBe(false);
  });
});
