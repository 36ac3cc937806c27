import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEndpointsEnvironment, ENDPOINTS, type EndpointsEnvironment } from './support/endpoints-environment.js';

const LONGEST_MS = 60_000;

describe('an apply of endpoints that meets trouble', () => {
  let environment: EndpointsEnvironment;
  beforeEach(async () => {
    environment = await createEndpointsEnvironment();
    await environment.dataverse('apply', '--yes');
    await removeEndpoints();
  });
  afterEach(() => environment.remove());

  const apply = () => environment.withEndpoints(ENDPOINTS, 'apply', '--yes');

  async function removeEndpoints(): Promise<void> {
    for (const { serviceendpointid } of environment.rows('serviceendpoint')) {
      environment.emulator.tables.removeRow('serviceendpoint', String(serviceendpointid));
    }
    environment.emulator.reset();
  }

  /** The requests of an apply where nothing goes wrong. */
  async function requestsOfOne(): Promise<readonly { readonly method: string }[]> {
    await apply();
    const requests = environment.emulator.requests().filter(({ url }) => url.startsWith('/api/'));
    await removeEndpoints();
    return requests;
  }

  async function expectComplete(): Promise<void> {
    expect(await environment.withEndpoints(ENDPOINTS, 'plan')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('serviceendpoint')).toHaveLength(ENDPOINTS.length);
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(environment.rows('customapi').length + 3);
  }

  it(
    'ends at whatever request is refused and says so, and a second run completes it',
    async () => {
      const { length } = await requestsOfOne();
      for (let nth = 1; nth <= length; nth += 1) {
        const message = 'Not now.';
        environment.emulator.failNext({ status: 400, code: '0x80040224', message, every: nth, times: 1 });
        const { exitCode, stderr } = await apply();
        expect({ nth, exitCode, stderr }).toEqual({ nth, exitCode: 1, stderr: expect.stringContaining(message) });
        environment.emulator.clearFaults();
        expect(await apply()).toMatchObject({ exitCode: 0 });
        await expectComplete();
        await removeEndpoints();
      }
    },
    LONGEST_MS,
  );

  it.each(['before-commit', 'after-commit'] as const)(
    'makes everything once in one run although the connection of whatever write is cut, %s',
    async (when) => {
      const { length } = (await requestsOfOne()).filter(({ method }) => method !== 'GET');
      for (let nth = 1; nth <= length; nth += 1) {
        environment.emulator.fault({ kind: 'reset', when, every: nth, times: 1, match: { bodyContains: '{' } });
        expect({ nth, ...(await apply()) }).toMatchObject({ nth, exitCode: 0 });
        environment.emulator.clearFaults();
        await expectComplete();
        await removeEndpoints();
      }
    },
    LONGEST_MS,
  );

  it(
    'waits where Dataverse has it wait',
    async () => {
      environment.emulator.throttleNext(3, { retryAfterSeconds: 1 });
      expect(await apply()).toMatchObject({ exitCode: 0 });
      await expectComplete();
    },
    LONGEST_MS,
  );
});
