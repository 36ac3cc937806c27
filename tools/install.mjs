// Installs what package-lock.json names, when it changed since the last time. Runs before `npm start` and `npm test`
// on whatever Node is there, so that a fresh clone needs no other command; the project's own Node 24 comes with it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const stamp = new URL('node_modules/.installed-lock', root);
const lock = createHash('sha256')
  .update(readFileSync(new URL('package-lock.json', root)))
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';

if (installed !== lock) {
  process.stderr.write('Installing dependencies (once, and again when package-lock.json changes) ...\n');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    process.stderr.write('npm ci failed: see above. It needs the npm registry (or a mirror) within reach.\n');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock);
}
