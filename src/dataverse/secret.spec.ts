import { format, inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from './secret.js';

describe('a secret', () => {
  const secret = new Secret('hunter2');

  it('is told to who asks for it', () => {
    expect(secret.reveal()).toBe('hunter2');
  });

  it('is looked for whole, and by its parts that are long enough to be one', () => {
    const whole = new Secret('<a value="hunter2"/><b value="no"/>', ['hunter2', 'no']);
    expect(whole.traces()).toEqual(['<a value="hunter2"/><b value="no"/>', 'hunter2']);
  });

  it.each([
    ['a template', () => `${secret}`],
    ['JSON', () => JSON.stringify({ row: { authvalue: secret } })],
    ['inspection', () => inspect({ row: { authvalue: secret } }, { depth: null, showHidden: true })],
    ['a formatted line', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['an error that holds it', () => inspect(Object.assign(new Error('refused'), { row: { authvalue: secret } }))],
    ['its members', () => Object.values(secret).join()],
  ])('is not in %s', (_where, print) => {
    expect(print()).not.toContain('hunter2');
  });
});
