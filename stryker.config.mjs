// Mutation tests of the code in which a wrong decision loses events: `npm run mutation`, or `npm run mutation -- gates`
// for one group; tools/mutation.mjs names the groups and runs them one after the other.
import jestConfig from './jest.config.mjs';
import { MUTATION_GROUPS } from './tools/mutation-groups.mjs';

const name = process.env.MUTATION_GROUP ?? 'classification';
const group = MUTATION_GROUPS[name];

export default {
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings', '--import=./test/support/typescript-hooks.mjs'],
  jest: {
    projectType: 'custom',
    config: {
      ...jestConfig,
      testMatch: group.tests.map((path) => `<rootDir>/${path}`),
      // No test here asks for PostgreSQL.
      globalSetup: undefined,
      globalTeardown: undefined,
    },
    enableFindRelatedTests: false,
  },
  mutate: group.mutate,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // jest keeps every ES module it ever loaded: after some fifty runs a process is busy with nothing but its memory.
  maxTestRunnerReuse: 20,
  timeoutMS: 4_000,
  ignorePatterns: ['dist', 'docs', 'openapi', 'data'],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: `node_modules/.cache/mutation/${name}.json` },
  thresholds: { high: 95, low: 85, break: 85 },
};
