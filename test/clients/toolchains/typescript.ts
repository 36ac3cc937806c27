import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE } from '../support/generator.js';
import { compileExamples, installClient, packClient } from '../support/packed-client.js';
import type { Toolchain } from '../support/toolchain.js';

/** The client of `clients/typescript`, packed, installed into an empty project, and its examples compiled there. */
export const typescript: Toolchain = {
  language: 'typescript',
  missing: () => null,
  build: async () => {
    const project = join(CACHE, 'typescript-programs');
    await rm(project, { recursive: true, force: true });
    const archive = await packClient();
    await installClient(archive, project);
    await rm(dirname(archive), { recursive: true });
    return (await compileExamples(project)).map((name) => [process.execPath, join(project, name)]);
  },
};
