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
    config: { ...jestConfig, testMatch: group.tests.map((path) => `<rootDir>/${path}`) },
    enableFindRelatedTests: false,
  },
  mutate: group.mutate,
  // Code that runs in the writer thread leaves no trace of what covers it: there every test meets every mutant.
  coverageAnalysis: group.inWriterThread ? 'off' : 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  ignorePatterns: ['dist', 'docs', 'openapi', 'data'],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: `node_modules/.cache/mutation/${name}.json` },
  thresholds: { high: 95, low: 85, break: 85 },
};
