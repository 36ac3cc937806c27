import { isIPv4, isIPv6 } from 'node:net';
import { addressWithoutPort } from '../http/address-without-port.js';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The network of an address: an IPv4 address is a network of its own; of an IPv6 address it is the /64, the least that
 * one customer gets. A port does not count. Null for a text that is no address: a proxy passes on what it was sent.
 * Pure.
 */
export function networkOf(text: string): string | null {
  const address = addressWithoutPort(text);
  const [, mapped] = MAPPED.exec(address) ?? [];
  if (mapped !== undefined) return networkOf(mapped);
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  // A zone names an interface of this machine and is no part of the network.
  const [bare = ''] = address.split('%');
  return `${groupsOf(bare).slice(0, 4).join(':')}::/64`;
}

/** All eight groups, without leading zeros; a dotted end counts for two. */
function groupsOf(address: string): readonly string[] {
  const [before = '', after] = address.toLowerCase().split('::');
  const [head, tail] = [split(before), split(after ?? '')];
  const gap = after === undefined ? 0 : 8 - lengthOf(head) - lengthOf(tail);
  const groups = [...head, ...Array<string>(gap).fill('0'), ...tail];
  return groups.map((group) => group.replace(/^0+(?=.)/, ''));
}

function split(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}

function lengthOf(groups: readonly string[]): number {
  return groups.length + (groups.at(-1)?.includes('.') ? 1 : 0);
}
