import { randomBytes } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the file for HOOK_AUTH_FILE, with a secret of its own that only the file's owner may read, unless it exists.
 * Resolves with whether it was made just now; an existing file stays as it is, even if somebody edited it.
 */
export async function ensureHookSecret(path: string): Promise<boolean> {
  if (await exists(path)) return false;
  const auth = { kind: 'http-header', headers: { 'x-hook-key': randomBytes(32).toString('base64url') } };
  await mkdir(dirname(path), { recursive: true });
  // Whole or not at all: half a file would be an unusable setting, now and at every later start.
  await writeFile(`${path}.new`, `${JSON.stringify(auth, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return true;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
