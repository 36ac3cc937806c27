// Compiles src/ to dist/, only what changed. Output whose source is gone is removed first: a deleted event file must not
// live on in dist/events, where the loader would find it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

for (const output of existsSync(dist) ? readdirSync(dist, { recursive: true }) : []) {
  const source = join(root, 'src', output.replace(/\.js(\.map)?$/, '.ts'));
  if (/\.js(\.map)?$/.test(output) && !existsSync(source)) rmSync(join(dist, output));
}

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
process.exit(status ?? 1);
