import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/faults/fault.js';
import { runCli } from '../cli/support/run-cli.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { trust } from '../support/trust.js';

/** Every command that calls Dataverse, in an order in which each finds what it needs. */
const COMMANDS = [
  ['check'],
  ['plan'],
  ['apply', '--yes'],
  ['verify'],
  ['grant', '--client-id', '8c1f0f5e-53a7-4f0c-9a2e-1f6f4f0a2f11', '--yes'],
  ['discover'],
  ['import', 'contoso_CustomerPurchase'],
  ['endpoints'],
];
const FAULTS: readonly (readonly [string, Fault])[] = [
  ['the token endpoint refuses', { kind: 'status', status: 401, match: { target: 'token' }, times: null }],
  ['Dataverse refuses', { kind: 'status', status: 403, code: '0x80040220', message: 'No.', times: null }],
  ['tokens are refused', { kind: 'expired-token', times: null }],
];

describe('the credentials of whoever provisions', () => {
  let environment: Environment;
  let distrust: () => void;
  let folder: string;
  beforeEach(async () => {
    environment = await createEnvironment({ customApis: [] });
    distrust = trust(environment.emulator.caCertificate);
    folder = await mkdtemp(join(tmpdir(), 'credentials-'));
  });
  afterEach(async () => {
    distrust();
    await environment.remove();
    await rm(folder, { recursive: true });
  });

  async function outputOfAll(settings: Readonly<Record<string, string>>, secret: string): Promise<string> {
    const texts: string[] = [];
    for (const args of COMMANDS) {
      for (const json of [[], ['--json']]) {
        const out = args[0] === 'import' ? ['--out', join(folder, 'imported.event.ts'), '--force'] : [];
        const { stdout, stderr } = await runCli(['dataverse', ...args, ...out, ...json], { environment: settings });
        texts.push(stdout, stderr);
      }
    }
    const text = texts.join('\n');
    expect(text).not.toContain(secret);
    // A JSON web token begins so, whatever it says.
    expect(text).not.toMatch(/eyJ[\w-]{20}/);
    return text;
  }

  const secretOf = ({ settings }: Environment) => settings.AZURE_CLIENT_SECRET ?? '';

  it('are in no answer of any command', async () => {
    expect(await outputOfAll(environment.settings, secretOf(environment))).toContain('contoso_CustomerPurchase');
  });

  it('are in no answer where they are wrong', async () => {
    const settings = { ...environment.settings, AZURE_CLIENT_SECRET: 'wrong-and-still-a-secret' };
    expect(await outputOfAll(settings, 'wrong-and-still-a-secret')).toContain('7000215');
  });

  it.each(FAULTS)('are in no answer where %s', async (_what, fault) => {
    environment.emulator.fault(fault);
    expect(await outputOfAll(environment.settings, secretOf(environment))).not.toBe('');
  });
});
