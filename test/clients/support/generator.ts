import { hash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missing, run } from './run.js';

const VERSION = '7.25.0';
const SHA256 = '41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae';
const GET_JAR = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DOCUMENT = join(ROOT, 'openapi', 'openapi.json');
/** Outside git, and kept from run to run. */
export const CACHE = join(ROOT, 'node_modules', '.cache', 'clients');

/** What the generator itself needs: it is a Java program that comes through Maven. */
export const missingForGenerator = () => missing('java', 'mvn');

/**
 * Generates a client of the document with the settings that `clients/openapi-generator/` has for the language, and has
 * it built; resolves with its folder. Nothing is done where neither document nor settings changed since.
 */
export async function generatedClient(language: string, build: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = join(CACHE, language);
  const settings = join(ROOT, 'clients', 'openapi-generator', `${language}.json`);
  const stamp = `${await stampOf([DOCUMENT, settings])} ${build}`;
  if ((await readFile(`${folder}.stamp`, 'utf8').catch(() => null)) === stamp) return folder;
  await rm(folder, { recursive: true, force: true });
  await generate(language, settings, folder);
  await build(folder);
  await writeFile(`${folder}.stamp`, stamp);
  return folder;
}

async function generate(language: string, settings: string, folder: string): Promise<void> {
  const parts = ['apiTests', 'modelTests', 'apiDocs', 'modelDocs'].map((part) => `${part}=false`).join();
  await run('java', [
    '-jar',
    await generatorJar(),
    'generate',
    ...['-i', DOCUMENT, '-g', language, '-c', settings, '-o', folder, '--global-property', parts],
  ]);
}

async function stampOf(files: readonly string[]): Promise<string> {
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return hash('sha256', Buffer.concat([Buffer.from(VERSION), ...contents]));
}

/** The generator's jar, from Maven, and only the one whose sum stands above. */
async function generatorJar(): Promise<string> {
  const jar = join(CACHE, `openapi-generator-cli-${VERSION}.jar`);
  if (await isGenuine(jar)) return jar;
  await mkdir(CACHE, { recursive: true });
  const artifact = `org.openapitools:openapi-generator-cli:${VERSION}`;
  await run('mvn', ['-q', '-B', GET_JAR, `-Dartifact=${artifact}`, `-DoutputDirectory=${CACHE}`]);
  if (!(await isGenuine(jar))) throw new Error(`${jar} is not the generator that was chosen: its SHA-256 differs`);
  return jar;
}

async function isGenuine(jar: string): Promise<boolean> {
  const bytes = await readFile(jar).catch(() => null);
  return bytes !== null && hash('sha256', bytes) === SHA256;
}

/** Lays a copy of the programs of a language beside its generated client. */
export async function layPrograms(language: string): Promise<string> {
  const folder = join(CACHE, `${language}-programs`);
  await rm(folder, { recursive: true, force: true });
  await cp(join(ROOT, 'test', 'clients', language), folder, { recursive: true });
  return folder;
}
