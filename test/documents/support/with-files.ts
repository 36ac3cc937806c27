import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WalkedDocument } from './read-document.js';

type Settings = WalkedDocument['settings'];

/**
 * The settings a document wants, where `NAME_FILE` names a file that the document itself shows: it is written to `folder`
 * before the gateway starts, readable for its owner alone, as secrets are.
 */
export async function withFiles({ settings, steps }: Pick<WalkedDocument, 'settings' | 'steps'>, folder: string) {
  await mkdir(folder, { recursive: true });
  const filled: Settings = Object.fromEntries(
    await Promise.all(
      Object.entries(settings).map(async ([name, value]) => {
        const file = steps.find((step) => step.kind === 'file' && step.name === value);
        if (!name.endsWith('_FILE') || file?.kind !== 'file') return [name, value];
        const path = join(folder, value);
        await writeFile(path, file.text, { mode: 0o600 });
        return [name, path];
      }),
    ),
  );
  return filled;
}
