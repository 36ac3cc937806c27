import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missing, run } from '../../clients/support/run.js';

const VERSION = '9.2.1';
const ARCHIVE = `apache-qpid-broker-j-${VERSION}-bin.tar.gz`;
const SHA256 = 'bfbfbcffc6a8ad904f97edc6dcebc688f232b582843b9cb1f240decb8b8a181a';
const GET_ARCHIVE = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
/** Outside git, and kept from run to run. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/brokers/', import.meta.url));

/** What the broker needs: it is a Java program that comes through Maven. */
export const missingForBroker = () => missing('java', 'mvn', 'tar');

/** Apache Qpid Broker-J, from Maven; resolves with the folder of its jars. Nothing is done where it is there. */
export async function installBroker(): Promise<string> {
  const folder = join(CACHE, `qpid-broker-${VERSION}`);
  const jars = join(folder, 'qpid-broker', VERSION, 'lib');
  if (existsSync(jars)) return jars;
  const archive = await genuineArchive();
  // Unpacked beside, so that a folder that was begun and not finished is never taken for the broker.
  const begun = `${folder}.${process.pid}`;
  await mkdir(begun, { recursive: true });
  await run('tar', ['xzf', archive, '-C', begun]);
  await rm(folder, { recursive: true, force: true });
  await rename(begun, folder);
  await rm(archive);
  return jars;
}

async function genuineArchive(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const artifact = `org.apache.qpid:apache-qpid-broker-j:${VERSION}:tar.gz:bin`;
  await run('mvn', ['-q', '-B', GET_ARCHIVE, `-Dartifact=${artifact}`, `-DoutputDirectory=${CACHE}`]);
  const archive = join(CACHE, ARCHIVE);
  if (hash('sha256', await readFile(archive)) === SHA256) return archive;
  await rm(archive);
  throw new Error(`${archive} is not the broker that was chosen: its SHA-256 differs`);
}
