import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStoreGiven, readStoreSettings } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';
import { SANDBOX_FOLDER } from './sandbox/sandbox-connection.js';

const SANDBOX_FILE = join(SANDBOX_FOLDER, 'gateway.db');

const SQLITE = 'sqlite:';

/**
 * The store a command works on: the one DATABASE_URL names; without it the default file, or the sandbox's where this
 * folder has a sandbox and no other. A file that is not there yet is only made where that was asked for; a server tells
 * by itself what it has not.
 */
export function findStore({ environment }: CliContext, mayCreate: boolean): string {
  const { databaseUrl } = readStoreSettings(environment);
  if (!databaseUrl.startsWith(SQLITE)) return databaseUrl;
  const file = databaseUrl.slice(SQLITE.length);
  if (existsSync(file)) return databaseUrl;
  if (!isStoreGiven(environment) && existsSync(SANDBOX_FILE)) return `sqlite:./${SANDBOX_FILE}`;
  if (mayCreate || file === ':memory:') return databaseUrl;
  throw new CommandError(
    ExitCode.NotFound,
    `There is no store at ${file}: DATABASE_URL says where the gateway keeps it.`,
  );
}
