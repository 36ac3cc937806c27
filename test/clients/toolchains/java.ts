import { join } from 'node:path';
import { generatedClient, layPrograms, missingForGenerator } from '../support/generator.js';
import { missing, run } from '../support/run.js';
import type { Toolchain } from '../support/toolchain.js';

const MAVEN = ['-q', '-B', '-Dmaven.test.skip=true', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];

const PROGRAMS = ['FirstEvent', 'Walk'];

export const java: Toolchain = {
  language: 'java',
  missing: () => missingForGenerator() ?? missing('javac'),
  build: async () => {
    const client = await generatedClient('java', (cwd) =>
      run('mvn', [...MAVEN, 'package', 'dependency:copy-dependencies'], { cwd }),
    );
    const folder = await layPrograms('java');
    const classPath = [folder, join(client, 'target', 'classes'), join(client, 'target', 'dependency', '*')].join(':');
    const sources = PROGRAMS.map((name) => join(folder, `${name}.java`));
    await run('javac', ['-Xlint:all,-processing,-classfile', '-Werror', '-cp', classPath, ...sources]);
    return PROGRAMS.map((name) => ['java', '-cp', classPath, name]);
  },
};
