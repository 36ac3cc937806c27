// Writes .env.example and the tables of docs/settings.md anew from the declarations in src/settings. Runs on the sources:
// node --import ./test/support/typescript-hooks.mjs tools/write-settings.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const { renderEnvExample, withSettingsTables } = await import('../src/settings/settings-documents.js');

const documentation = new URL('../docs/settings.md', import.meta.url);
writeFileSync(documentation, withSettingsTables(readFileSync(documentation, 'utf8')));
writeFileSync(new URL('../.env.example', import.meta.url), renderEnvExample());
