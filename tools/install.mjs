// Installs what package-lock.json names, where npm's own record of what is installed says otherwise. Runs before `npm start`
// and `npm test` on whatever Node is there, so that a fresh clone needs no other command; the project's own Node 24 comes
// with it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);

if (!isInstalled()) {
  process.stderr.write('Installing dependencies (once, and again when package-lock.json changes) ...\n');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    process.stderr.write('npm ci failed: see above. It needs the npm registry (or a mirror) within reach.\n');
    process.exit(status ?? 1);
  }
}

/** npm writes its record last, so an installation that was interrupted has none. Optional packages depend on the machine. */
function isInstalled() {
  const record = new URL('node_modules/.package-lock.json', root);
  if (!existsSync(record)) return false;
  const { packages: installed } = JSON.parse(readFileSync(record, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}
