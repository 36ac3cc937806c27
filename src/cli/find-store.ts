import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shownAddress } from '../outbox/shown-address.js';
import { sqliteFile } from '../outbox/sqlite-file.js';
import type { StoreSettings } from '../settings/gateway-settings.js';
import { isStoreGiven, readStoreSettings } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';
import { SANDBOX_FOLDER } from './sandbox/sandbox-connection.js';

const SANDBOX_FILE = join(SANDBOX_FOLDER, 'gateway.db');

/** The store a command works on. */
export interface FoundStore extends StoreSettings {
  /** Where it is, for people. */
  readonly shown: string;
  /** Whether it was chosen because nothing names another one: somebody who forgot to name theirs must notice. */
  readonly isGuessed: boolean;
}

/**
 * The store a command works on: the one DATABASE_URL names; without it the default file, or the sandbox's where this
 * folder has a sandbox and no other. A file that is not there yet is only made where that was asked for; a server tells
 * by itself what it has not.
 */
export function findStore({ environment }: CliContext, mayCreate: boolean): FoundStore {
  const settings = readStoreSettings(environment);
  const isGuessed = !isStoreGiven(environment);
  const file = sqliteFile(settings.databaseUrl);
  if (file === null || existsSync(file)) return found(settings, isGuessed);
  if (isGuessed && existsSync(SANDBOX_FILE)) {
    return found({ ...settings, databaseUrl: `sqlite:./${SANDBOX_FILE}` }, isGuessed);
  }
  if (mayCreate || file === ':memory:') return found(settings, isGuessed);
  throw new CommandError(
    ExitCode.NotFound,
    `There is no store at ${file}: DATABASE_URL says where the gateway keeps it.`,
  );
}

function found(settings: StoreSettings, isGuessed: boolean): FoundStore {
  const { databaseUrl } = settings;
  return { ...settings, shown: sqliteFile(databaseUrl) ?? shownAddress(databaseUrl), isGuessed };
}
