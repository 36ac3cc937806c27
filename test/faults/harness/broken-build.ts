import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** A mistake put into the built gateway on purpose. */
export interface Break {
  /** Below dist. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A copy of the built gateway with these mistakes in it. */
export async function breakBuild(
  breaks: readonly Break[],
): Promise<{ readonly main: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-broken-'));
  const dist = join(folder, 'dist');
  await cp(fileURLToPath(new URL('dist', ROOT)), dist, { recursive: true });
  await cp(fileURLToPath(new URL('package.json', ROOT)), join(folder, 'package.json'));
  await symlink(fileURLToPath(new URL('node_modules', ROOT)), join(folder, 'node_modules'));
  for (const { file, find, replace } of breaks) {
    const path = join(dist, file);
    const text = await readFile(path, 'utf8');
    const found = text.split(find).length - 1;
    if (found !== 1) throw new Error(`${file} holds what is to be broken ${found} times: ${find}`);
    await writeFile(
      path,
      text.replace(find, () => replace),
    );
  }
  return { main: join(dist, 'main.js'), remove: () => rm(folder, { recursive: true }) };
}
