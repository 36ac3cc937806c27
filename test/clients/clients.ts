/**
 * `npm run clients [-- typescript java python go csharp]`: generates clients from openapi/openapi.json, compiles them, and
 * has a small program in each language do everything a sender does with a running gateway. A language whose tools are not
 * on this machine is named as skipped. Exits with 1 where something failed.
 */
import 'reflect-metadata';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { until } from '../support/until.js';
import { run } from './support/run.js';
import type { Command, Toolchain } from './support/toolchain.js';
import { csharp } from './toolchains/csharp.js';
import { go } from './toolchains/go.js';
import { java } from './toolchains/java.js';
import { pythonLanguage } from './toolchains/python.js';
import { typescript } from './toolchains/typescript.js';

type Verdict = 'passed' | 'failed' | 'skipped';

const DELIVERY_DEADLINE_MS = 20_000;
const TOOLCHAINS: readonly Toolchain[] = [typescript, java, pythonLanguage, go, csharp];

process.exitCode = await walkWith(chosen(process.argv.slice(2)));

function chosen(names: readonly string[]): readonly Toolchain[] {
  const unknown = names.filter((name) => !TOOLCHAINS.some(({ language }) => language === name));
  if (unknown.length > 0) throw new Error(`no such language: ${unknown.join(', ')}`);
  return names.length === 0 ? TOOLCHAINS : TOOLCHAINS.filter(({ language }) => names.includes(language));
}

async function walkWith(toolchains: readonly Toolchain[]): Promise<number> {
  const environment = await createEnvironment();
  const gateway = await GatewayProcess.start(environment.settings);
  const counts: Record<Verdict, number> = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const toolchain of toolchains) counts[await verdictOn(toolchain, environment, gateway.url)] += 1;
  } finally {
    await gateway.stop();
    await environment.remove();
  }
  say(`clients: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 ? 0 : 1;
}

/** What is to be said of a language, said on standard output as well. */
async function verdictOn(toolchain: Toolchain, environment: Environment, url: string): Promise<Verdict> {
  const { language } = toolchain;
  const reason = toolchain.missing();
  if (reason !== null) {
    say(`${language}: SKIPPED, ${reason}`);
    return 'skipped';
  }
  const begin = performance.now();
  try {
    const ids = await walk(toolchain, environment, url);
    say(`${language}: passed, ${ids.length} events delivered once each, ${seconds(performance.now() - begin)} s`);
    return 'passed';
  } catch (error) {
    say(`${language}: FAILED\n${error instanceof Error ? error.message : error}`);
    return 'failed';
  }
}

/** The ids that the programs say were accepted, each of which Dataverse received exactly once. */
async function walk(toolchain: Toolchain, environment: Environment, url: string): Promise<readonly string[]> {
  const programs = await toolchain.build();
  const apiKey = await environment.createClient(`${toolchain.language}-client`);
  const start = ([command, ...args]: Command) =>
    run(command, args, { env: { GATEWAY_URL: url, GATEWAY_API_KEY: apiKey } });
  let said = '';
  for (const program of programs) said += await start(program);
  const ids = [...said.matchAll(/^accepted ([0-9a-f-]{36})$/gm)].map(([, id]) => id ?? '');
  if (ids.length === 0) throw new Error(`no event was accepted:\n${said}`);
  const timesOf = (id: string) => environment.emulator.received().filter(({ tag }) => tag === id).length;
  await until(() => ids.every((id) => timesOf(id) > 0), DELIVERY_DEADLINE_MS);
  const doubled = ids.filter((id) => timesOf(id) !== 1);
  if (doubled.length > 0) throw new Error(`delivered more than once: ${doubled.join()}`);
  return ids;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
