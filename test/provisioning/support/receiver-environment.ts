import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliRun } from '../../cli/support/run-cli.js';
import { createEndpointsEnvironment, type EndpointsEnvironment } from './endpoints-environment.js';

export const RECEIVER = 'Business Events Gateway receipts';
export const ORIGIN = 'https://gateway.contoso.com';
export const HOOK_KEY = 'key-of-the-hook-itself';
export const BY_HEADER = { kind: 'http-header', headers: { 'x-hook-key': HOOK_KEY } };

/** An endpoints environment beside a file that HOOK_AUTH_FILE names. */
export interface ReceiverEnvironment extends EndpointsEnvironment {
  /** What the file says from now on. */
  authenticateBy(ways: unknown): Promise<void>;
  /** `dataverse <args> --receiver <the gateway's origin>`. */
  withReceiver(...args: readonly string[]): Promise<CliRun>;
  /** Names of the steps there are. */
  steps(): readonly string[];
}

export async function createReceiverEnvironment(ways: unknown = BY_HEADER): Promise<ReceiverEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'receiver-'));
  const file = join(folder, 'hook-auth.json');
  const authenticateBy = (changed: unknown) => writeFile(file, JSON.stringify(changed), { mode: 0o600 });
  await authenticateBy(ways);
  const environment = await createEndpointsEnvironment({ HOOK_AUTH_FILE: file });
  return {
    ...environment,
    authenticateBy,
    withReceiver: (...args) => environment.dataverse(...args, '--receiver', ORIGIN),
    steps: () => environment.rows('sdkmessageprocessingstep').map(({ name }) => String(name)),
    remove: async () => {
      await environment.remove();
      await rm(folder, { recursive: true });
    },
  };
}
