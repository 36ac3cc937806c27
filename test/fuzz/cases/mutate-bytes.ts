import type { SeededRandom } from '../../faults/harness/seeded-random.js';

/** What parsers trip over when it stands where it should not. */
const INTERESTING = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', ' ', '\n', 'null', 'true', '\\u0000', '\\ud800'].map(
    (text) => Buffer.from(text),
  ),
  ...[[0], [0x7f], [0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xff]].map(
    (bytes) => Buffer.from(bytes),
  ),
];

type Mutation = (bytes: Buffer, random: SeededRandom) => Buffer;

/** Changes bytes in one to four places, without any notion of what they mean. */
export function mutateBytes(bytes: Buffer, random: SeededRandom): Buffer {
  let mutated = bytes;
  for (let times = random.between(1, 4); times > 0; times--) mutated = random.pick(MUTATIONS)(mutated, random);
  return mutated;
}

const MUTATIONS: readonly Mutation[] = [
  // A flipped bit.
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = placeIn(bytes, random);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.between(0, 7));
    return copy;
  },
  // Another byte.
  (bytes, random) => splice(bytes, placeIn(bytes, random), 1, Buffer.from([random.between(0, 255)])),
  // Something that means something elsewhere.
  (bytes, random) => splice(bytes, placeIn(bytes, random), random.between(0, 1), random.pick(INTERESTING)),
  // A gap.
  (bytes, random) => splice(bytes, placeIn(bytes, random), random.between(1, 8), Buffer.alloc(0)),
  // A piece of it twice, or moved.
  (bytes, random) => {
    const from = placeIn(bytes, random);
    return splice(bytes, placeIn(bytes, random), 0, bytes.subarray(from, from + random.between(1, 40)));
  },
  // The end cut off.
  (bytes, random) => (random.chance(0.2) ? bytes.subarray(0, placeIn(bytes, random)) : bytes),
];

function placeIn(bytes: Buffer, random: SeededRandom): number {
  return random.between(0, Math.max(0, bytes.length - 1));
}

function splice(bytes: Buffer, at: number, gone: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);
}
