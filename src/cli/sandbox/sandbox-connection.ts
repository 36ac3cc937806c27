import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How commands on this machine reach the sandbox. */
export interface SandboxConnection {
  /** The gateway's address, `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly apiKey: string;
}

/** Where a sandbox keeps everything, below the folder it was started in; git ignores it. */
export const SANDBOX_FOLDER = join('data', 'sandbox');

/** The connection the last sandbox in this folder left, or null. */
export async function readConnection(folder: string): Promise<SandboxConnection | null> {
  try {
    const { url, apiKey } = JSON.parse(await readFile(fileIn(folder), 'utf8')) as Partial<SandboxConnection>;
    return typeof url === 'string' && typeof apiKey === 'string' ? { url, apiKey } : null;
  } catch {
    // None yet, or one that was written only in part: the sandbox makes a new one.
    return null;
  }
}

/** Only its owner may read it: it holds an API key. */
export async function writeConnection(folder: string, connection: SandboxConnection): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  await chmod(fileIn(folder), 0o600);
}

function fileIn(folder: string): string {
  return join(folder, 'connection.json');
}
