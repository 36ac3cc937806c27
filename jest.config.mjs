/** ESM under jest: see docs/adr/0001-nestjs-12-esm-and-jest.md. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  setupFiles: ['reflect-metadata', './test/support/property-seed.mjs'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  // PostgreSQL for the tests that ask for it: one server per run, gone with the run.
  globalSetup: './test/support/postgres/jest-setup.mjs',
  globalTeardown: './test/support/postgres/jest-teardown.mjs',
  // Alone, jest leaves a core free: on two cores one file after the other, though most mostly wait.
  maxWorkers: '100%',
  // Each file leaves its modules behind: workers of several gigabytes spend their time, and seconds at a stretch, on garbage.
  workerIdleMemoryLimit: '1GB',
  testSequencer: './test/support/slowest-first.mjs',
  testTimeout: 60_000,
};
