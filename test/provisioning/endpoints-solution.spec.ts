import { afterEach, describe, expect, it } from '@jest/globals';
import { createEndpointsEnvironment, ENDPOINTS, type EndpointsEnvironment } from './support/endpoints-environment.js';

describe('endpoints and steps of a solution', () => {
  let environment: EndpointsEnvironment;
  afterEach(() => environment.remove());

  const run = (...args: readonly string[]) => environment.withEndpoints(ENDPOINTS, ...args);

  it('are put into it with all else', async () => {
    environment = await createEndpointsEnvironment({ DATAVERSE_SOLUTION: 'BusinessEvents' });
    expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
    const [solution] = environment.rows('solution', { uniquename: 'BusinessEvents' });
    const members = environment
      .rows('solutioncomponent', { solutionid: solution?.solutionid ?? null })
      .map(({ objectid }) => objectid);
    const ids = [
      ...environment.rows('serviceendpoint').map(({ serviceendpointid }) => serviceendpointid),
      ...environment
        .rows('sdkmessageprocessingstep')
        .map(({ sdkmessageprocessingstepid }) => sdkmessageprocessingstepid),
    ];
    expect(ids).toHaveLength(ENDPOINTS.length + environment.rows('customapi').length + 3);
    expect(members).toEqual(expect.arrayContaining(ids));
    expect(await run('plan')).toMatchObject({ exitCode: 0 });
  });

  it('wait for a solution that does not exist, with nothing written', async () => {
    environment = await createEndpointsEnvironment({ DATAVERSE_SOLUTION: 'Nowhere' });
    const { exitCode, stderr } = await run('apply', '--yes');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('--create-solution');
    expect(environment.writes()).toEqual([]);
  });
});
