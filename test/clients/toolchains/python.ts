import { join } from 'node:path';
import { CACHE, generatedClient, layPrograms, missingForGenerator } from '../support/generator.js';
import { missing, run } from '../support/run.js';
import type { Toolchain } from '../support/toolchain.js';

const environment = join(CACHE, 'python-environment');
const python = join(environment, 'bin', 'python');

export const pythonLanguage: Toolchain = {
  language: 'python',
  missing: () => missingForGenerator() ?? missing('python3'),
  build: async () => {
    await generatedClient('python', async (client) => {
      await run('python3', ['-m', 'venv', environment]);
      await run(python, ['-m', 'pip', 'install', '--quiet', '--force-reinstall', client]);
    });
    const folder = await layPrograms('python');
    return ['first_event.py', 'walk.py'].map((name) => [python, join(folder, name)]);
  },
};
