import { join } from 'node:path';
import { generatedClient, layPrograms, missingForGenerator } from '../support/generator.js';
import { missing, run } from '../support/run.js';
import type { Toolchain } from '../support/toolchain.js';

/** The module's own place, until somebody publishes a generated client under a name of theirs. */
const MODULE = 'example.com/events';

/** Where a request may be `application/json`, the generator has Go send it as that, a CloudEvent too; no setting says otherwise. */
const FIRST_CONTENT_TYPE = 's|contains(contentTypes, "application/json")|false|';

export const go: Toolchain = {
  language: 'go',
  missing: () => missingForGenerator() ?? missing('go'),
  build: async () => {
    const client = await generatedClient('go', async (cwd) => {
      await run('go', ['mod', 'edit', '-module', MODULE], { cwd });
      await run('sed', ['-i', FIRST_CONTENT_TYPE, 'client.go'], { cwd });
      await run('go', ['vet', '.'], { cwd });
    });
    const cwd = await layPrograms('go');
    await run('go', ['mod', 'init', 'example.com/programs'], { cwd });
    await run('go', ['mod', 'edit', '-require', `${MODULE}@v0.0.0`, '-replace', `${MODULE}=${client}`], { cwd });
    await run('go', ['mod', 'tidy'], { cwd });
    await run('go', ['vet', './...'], { cwd });
    await run('go', ['build', '-o', `${cwd}/bin/`, './...'], { cwd });
    return ['first-event', 'walk'].map((name) => [join(cwd, 'bin', name)]);
  },
};
