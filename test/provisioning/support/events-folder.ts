import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { loadEventCatalog } from '../../../src/contract/load-event-catalog.js';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/** What event files and the compiler find beside the folder. */
const BESIDE = ['src/contract', 'src/kernel', 'node_modules', 'package.json'];

/** A folder of event files that stands to the contract as `src/events/` does. */
export interface EventsFolder {
  readonly path: string;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  load(): ReturnType<typeof loadEventCatalog>;
  /** What the compiler says of the files, by the repository's own options; empty where nothing is wrong. */
  compile(): Promise<string>;
  remove(): Promise<void>;
}

export async function createEventsFolder(): Promise<EventsFolder> {
  const around = await mkdtemp(join(tmpdir(), 'gateway-import-'));
  const path = join(around, 'events');
  const links = BESIDE.map((name) => symlink(join(REPOSITORY, name), join(around, basename(name))));
  await Promise.all([mkdir(path), ...links]);
  return {
    path,
    write: (file, text) => writeFile(join(path, file), text),
    read: (file) => readFile(join(path, file), 'utf8'),
    load: () => loadEventCatalog(new URL(`${pathToFileURL(path).href}/`), 'contoso'),
    compile: async () => {
      const project = {
        extends: join(REPOSITORY, 'tsconfig.json'),
        compilerOptions: { rootDir: '.' },
        include: [path],
      };
      await writeFile(join(around, 'tsconfig.json'), JSON.stringify(project));
      const run = tool('tsc', ['-p', around]);
      return run.then(
        ({ stdout }) => stdout,
        ({ stdout }: { stdout: string }) => stdout,
      );
    },
    remove: () => rm(around, { recursive: true }),
  };
}

/** What the repository's formatter makes of a file's text. */
export async function formatted(text: string): Promise<string> {
  const run = tool('biome', ['check', '--write', '--stdin-file-path=src/events/x.event.ts']);
  run.child.stdin?.end(text);
  return (await run).stdout;
}

function tool(name: string, args: readonly string[]) {
  const bin = join(REPOSITORY, 'node_modules/.bin');
  return promisify(execFile)(join(bin, name), args, { cwd: REPOSITORY });
}
