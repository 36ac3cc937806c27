// Makes the types of an OpenAPI document, this repository's or the one named (`npm run build -- https://gateway.example/openapi.json`),
// and compiles: so that the event types of whoever builds it are those that the client knows.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = new URL('../', import.meta.url);
const generated = new URL('src/generated/', root);
const source = sourceOf(process.argv[2]);
const document = JSON.parse(source.protocol === 'file:' ? readFileSync(source, 'utf8') : await textAt(source));

rmSync(new URL('dist/', root), { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
const types = astToString(await openapiTS(document, { immutable: true }));
writeFileSync(new URL('openapi.ts', generated), types);
writeFileSync(new URL('event-types.ts', generated), eventTypes(publishing(document)));

const tsc = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
const { status } = spawnSync(process.execPath, [tsc, '-p', fileURLToPath(root)], { stdio: 'inherit' });
process.exit(status ?? 1);

function sourceOf(argument) {
  if (argument === undefined) return new URL('../../openapi/openapi.json', root);
  return /^https?:/.test(argument) ? new URL(argument) : pathToFileURL(argument);
}

async function textAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
}

/** Every operation that publishes one event: `publish<Name>` at a path of its own that has a `/batch` beside it. */
function publishing({ paths }) {
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const name = /^publish(\w+)$/.exec(post?.operationId ?? '')?.[1];
    return name === undefined || !(`${path}/batch` in paths) ? [] : [{ name, path, schema: schemaOf(post) }];
  });
}

function schemaOf({ requestBody }) {
  const [name] = /[^/]+$/.exec(requestBody.content['application/json'].schema.$ref);
  return `components['schemas']['${name}']`;
}

function eventTypes(operations) {
  return `import type { components } from './openapi.js';

/** The content of each event type. */
export interface EventContents {
${operations.map(({ name, schema }) => `  readonly ${name}: ${schema};`).join('\n')}
}

/** Where each event type is posted to. */
export const EVENT_PATHS: { readonly [T in keyof EventContents]: string } = {
${operations.map(({ name, path }) => `  ${name}: '${path}',`).join('\n')}
};
`;
}
