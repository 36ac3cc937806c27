import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generatedClient, layPrograms, missingForGenerator } from '../support/generator.js';
import { missing, run } from '../support/run.js';
import type { Toolchain } from '../support/toolchain.js';

/** Debian's package libnewtonsoft-json5.0-cil. It is version 6; the generated code asks for 9 in one setting. */
const JSON_LIBRARY = '/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll';
const SYSTEM = [
  'System.Net.Http',
  'System.Runtime.Serialization',
  'System.ComponentModel.DataAnnotations',
  'System.Web',
];
const REFERENCES = [JSON_LIBRARY, ...SYSTEM.map((name) => `${name}.dll`)].map((name) => `-r:${name}`);
const NAMING_STRATEGY = /NamingStrategy = new CamelCaseNamingStrategy\s*\{[^}]*\}/g;

const PROGRAMS = ['FirstEvent', 'Walk'];

/**
 * With mono's compiler, where it is: packages from NuGet cannot be counted on, so what generated code takes from them is
 * stood in for (`csharp/stand-ins.cs`) or, where every name is given anyway, left out.
 */
export const csharp: Toolchain = {
  language: 'csharp',
  missing: () =>
    missingForGenerator() ?? missing('mcs', 'mono') ?? (existsSync(JSON_LIBRARY) ? null : `no ${JSON_LIBRARY}`),
  build: async () => {
    const folder = await layPrograms('csharp');
    const library = join(folder, 'BusinessEvents.dll');
    const client = await generatedClient('csharp', (generated) => leaveOutNamingStrategy(generated));
    const sources = `-recurse:${join(client, 'src', 'BusinessEvents', '*.cs')}`;
    await compile('library', library, [sources, join(folder, 'stand-ins.cs')]);
    for (const name of PROGRAMS) {
      await compile('exe', join(folder, `${name}.exe`), [join(folder, `${name}.cs`), `-r:${library}`]);
    }
    const path = `MONO_PATH=${folder}:${dirname(JSON_LIBRARY)}`;
    return PROGRAMS.map((name) => ['env', path, 'mono', join(folder, `${name}.exe`)]);
  },
};

function compile(target: 'library' | 'exe', output: string, inputs: readonly string[]): Promise<string> {
  return run('mcs', ['-langversion:latest', `-target:${target}`, `-out:${output}`, ...REFERENCES, ...inputs]);
}

async function leaveOutNamingStrategy(client: string): Promise<void> {
  for (const file of ['Client/ApiClient.cs', 'Model/AbstractOpenAPISchema.cs']) {
    const path = join(client, 'src', 'BusinessEvents', file);
    await writeFile(path, (await readFile(path, 'utf8')).replace(NAMING_STRATEGY, ''));
  }
}
