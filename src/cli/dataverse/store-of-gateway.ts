import { shownAddress } from '../../outbox/shown-address.js';
import { isStoreGiven, readStoreSettings } from '../../settings/read-settings.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { findStore } from '../find-store.js';

/**
 * Where the gateway of an environment keeps its gates, in a form for people. `unknown`: no setting says so, and a store
 * in this folder may be another one. `missing`: a setting names it, and it does not exist.
 */
export type StoreOfGateway =
  | { readonly kind: 'known'; readonly name: string }
  | { readonly kind: 'unknown' | 'missing'; readonly why: string };

/**
 * Looks for the store of the gateway that sends to the environment at `url`. An environment on this machine is an emulated
 * one, whose gateway is the sandbox. Throws `SettingsError` for a DATABASE_URL that names no store.
 */
export function storeOfGateway(context: CliContext, url: string): StoreOfGateway {
  readStoreSettings(context.environment);
  if (!isStoreGiven(context.environment) && !isLoopback(url)) {
    return { kind: 'unknown', why: `DATABASE_URL does not say which store the gateway that sends to ${url} has` };
  }
  try {
    return { kind: 'known', name: shownAddress(findStore(context, false).databaseUrl) };
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode !== ExitCode.NotFound) throw error;
    return { kind: 'missing', why: error.message };
  }
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);
}
