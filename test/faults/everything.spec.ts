import { describe, expect, it } from '@jest/globals';
import { SHORT_FAULTS } from './harness/every-fault.js';
import { postgresUnderTest } from './harness/postgres-under-test.js';
import { runInWorld } from './harness/run-in-world.js';

/** The long runs are `npm run faults`; these show at every test run that nothing fundamental is amiss. */
describe('gateways to which everything happens', () => {
  it('keep every promise, one of them on SQLite', async () => {
    const report = await runInWorld({ seed: 3, actions: SHORT_FAULTS, steps: 4, deaths: ['poison', 'uncertain'] });
    expect(report).toMatchObject({ violations: [], isAtRest: true });
  }, 240_000);

  it('keep every promise, three of them on PostgreSQL', async () => {
    const database = await postgresUnderTest();
    try {
      const run = { seed: 4, steps: 4, replicas: 3, deaths: ['poison', 'uncertain'], database };
      expect(await runInWorld({ ...run, actions: SHORT_FAULTS })).toMatchObject({ violations: [], isAtRest: true });
    } finally {
      await database.leave();
    }
  }, 240_000);
});
