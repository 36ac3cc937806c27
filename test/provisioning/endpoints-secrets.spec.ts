import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CliRun } from '../cli/support/run-cli.js';
import {
  createEndpointsEnvironment,
  ENDPOINTS,
  type EndpointsEnvironment,
  SECRETS,
} from './support/endpoints-environment.js';

/** A secret as it stands, as it stands in XML, and as it stands in JSON; and what all of these begin with. */
const CASES = SECRETS.flatMap((secret) => {
  const xml = secret.replace(/[&<"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '"': '&quot;' })[c] ?? '&apos;');
  const shapes = new Set([secret, xml, JSON.stringify(secret).slice(1, -1)]);
  return [...shapes].map((shape) => ({ shape, beginning: secret.slice(0, 'key-of-the-s'.length) }));
});
const SHAPES = CASES.map(({ shape }) => shape);

describe('secrets of endpoints', () => {
  let environment: EndpointsEnvironment;
  beforeEach(async () => {
    environment = await createEndpointsEnvironment();
  });
  afterEach(() => environment.remove());

  const run = (...args: readonly string[]) => environment.withEndpoints(ENDPOINTS, ...args);

  function expectNoSecret({ stdout, stderr }: CliRun): void {
    for (const shape of SHAPES) {
      expect(stdout).not.toContain(shape);
      expect(stderr).not.toContain(shape);
    }
  }

  it.each([
    [['plan']],
    [['plan', '--json']],
    [['apply', '--yes']],
    [['apply', '--yes', '--json']],
    [['verify']],
    [['verify', '--json']],
  ])('are in no answer of %j, before and after they are written', async (args) => {
    expectNoSecret(await run(...args));
    await run('apply', '--yes');
    expectNoSecret(await run(...args));
  });

  it.each([['plan'], ['apply', '--yes']])('are in no answer of %j that writes them anew', async (...args) => {
    await run('apply', '--yes');
    expectNoSecret(await run(...args, '--write-secrets'));
    expectNoSecret(await run(...args, '--write-secrets', '--json'));
  });

  it.each(CASES)('are not told where Dataverse quotes one in a refusal: $shape', async ({ shape, beginning }) => {
    const message = `Error identified in Payload: ${shape} is not what it should be.`;
    environment.emulator.failNext({ status: 400, code: '0x80048d19', message, match: { bodyContains: beginning } });
    const refused = await run('apply', '--yes');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Payload: [secret] is not what') });
    expectNoSecret(refused);
  });

  it('are in no address that is asked for', async () => {
    await run('apply', '--yes');
    await run('apply', '--yes', '--write-secrets');
    const urls = environment.emulator.requests().map(({ url }) => decodeURIComponent(url));
    for (const shape of SHAPES) expect(urls.join('\n')).not.toContain(shape);
  });

  it('cannot be read back', async () => {
    await run('apply', '--yes');
    const written = environment.rows('serviceendpoint').map(({ authvalue, saskey }) => authvalue ?? saskey);
    expect(written.join()).toContain(SECRETS[3]);
    expectNoSecret(await environment.dataverse('endpoints', '--all', '--json'));
  });
});
