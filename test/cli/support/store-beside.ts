import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { type CliRun, type CliRunOptions, runCli } from './run-cli.js';

/** A store in a folder of its own, held open as a gateway holds it, and commands beside it. */
export interface StoreBeside {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly store: Store;
  run(args: readonly string[], options?: Omit<CliRunOptions, 'environment'>): Promise<CliRun>;
  remove(): Promise<void>;
}

export async function openStoreBeside(): Promise<StoreBeside> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-cli-'));
  const databaseUrl = `sqlite:${join(folder, 'gateway.db')}`;
  const store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
  return {
    folder,
    databaseUrl,
    store,
    run: (args, options = {}) => runCli(args, { ...options, environment: { DATABASE_URL: databaseUrl } }),
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
