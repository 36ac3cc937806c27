import { describe, expect, it } from '@jest/globals';
import { trustedProxy } from './trusted-proxy.js';

describe('a trusted proxy', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
    ['10.0.0.0/8', '10.1.2.3:51234'],
    ['10.0.0.7', '10.0.0.7:1'],
    ['0.0.0.0/0', '192.0.2.1'],
    ['fd00::/8', 'fd12::1'],
    ['fd00::/8', '[fd12::1]:443'],
    ['::1', '0:0:0:0:0:0:0:1'],
  ])('of %s is %s', (network, address) => {
    expect(trustedProxy(['192.168.0.1', network])(address)).toBe(true);
  });

  it.each([
    ['10.0.0.0/8', '11.1.2.3'],
    ['10.0.0.7', '10.0.0.70:7'],
    ['10.0.0.0/8', '10.0.0.1:x'],
    ['10.0.0.0/8', '10.0.0.1, 10.0.0.2'],
    ['10.0.0.0/8', 'unknown'],
    ['10.0.0.0/8', ''],
    ['fd00::/8', 'fd12::1]:443'],
  ])('of %s is not %p', (network, address) => {
    expect(trustedProxy([network])(address)).toBe(false);
  });
});
