import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { loadEventCatalog } from '../../../src/contract/load-event-catalog.js';

const CONTRACT = fileURLToPath(new URL('../../../src/contract', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder of event files that stands to the contract as `src/events/` does. */
export interface EventsFolder {
  readonly path: string;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  load(): ReturnType<typeof loadEventCatalog>;
  remove(): Promise<void>;
}

export async function createEventsFolder(): Promise<EventsFolder> {
  const around = await mkdtemp(join(tmpdir(), 'gateway-import-'));
  const path = join(around, 'events');
  await Promise.all([mkdir(path), symlink(CONTRACT, join(around, 'contract'))]);
  return {
    path,
    write: (file, text) => writeFile(join(path, file), text),
    read: (file) => readFile(join(path, file), 'utf8'),
    load: () => loadEventCatalog(new URL(`${pathToFileURL(path).href}/`), 'contoso'),
    remove: () => rm(around, { recursive: true }),
  };
}

/** What the repository's formatter makes of a file's text. */
export async function formatted(text: string): Promise<string> {
  const run = promisify(execFile)('biome', ['check', '--write', '--stdin-file-path=src/events/x.event.ts'], {
    cwd: REPOSITORY,
    env: { ...process.env, PATH: `${join(REPOSITORY, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  run.child.stdin?.end(text);
  return (await run).stdout;
}
