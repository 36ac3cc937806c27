import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes this user can still write beside a database file; null for one in memory. */
export async function freeBytes(file: string): Promise<number | null> {
  if (file === ':memory:') return null;
  const { bavail, bsize } = await statfs(dirname(file));
  return bavail * bsize;
}
