import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `beg_`, a public prefix of 60 bits, `_`, a secret of 256 bits, and a checksum that tells typos from guesses. */
const API_KEY = /^beg_([a-z2-7]{12})_[A-Za-z0-9_-]{43}([A-Za-z0-9_-]{6})$/;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const PREFIX_LENGTH = 12;
const CHECKSUM_LENGTH = 6;

/** A new key: shown to its owner once; only its prefix and hash are stored. */
export interface NewApiKey {
  readonly text: string;
  readonly prefix: string;
  readonly hash: string;
}

export function generateApiKey(): NewApiKey {
  const prefix = [...randomBytes(PREFIX_LENGTH)].map((byte) => BASE32.charAt(byte % 32)).join('');
  const body = `beg_${prefix}_${randomBytes(32).toString('base64url')}`;
  const text = `${body}${checksumOf(body)}`;
  return { text, prefix, hash: hashApiKey(text) };
}

/** The public prefix of a text that has the form of a key; null for any other text, which need not be looked up. */
export function prefixOf(text: string): string | null {
  const [, prefix = null, checksum] = API_KEY.exec(text) ?? [];
  return checksum === checksumOf(text.slice(0, -CHECKSUM_LENGTH)) ? prefix : null;
}

/** SHA-256 of the whole key, base64url. No salt and no stretching: 256 random bits cannot be guessed. */
export function hashApiKey(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Whether a key has this hash, in a time that does not tell where they differ. */
export function matchesHash(text: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', text, 'buffer'), Buffer.from(expected, 'base64url'));
}

function checksumOf(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64url');
}
