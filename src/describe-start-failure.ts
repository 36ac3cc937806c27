import { EventCatalogError } from './contract/event-catalog.error.js';
import { DataverseOptionsError } from './dataverse/dataverse-options.error.js';
import { NotExportableError } from './dataverse/provisioning/solution-files/not-exportable.error.js';
import { messageOf } from './kernel/message-of.js';
import { MetricsPortError } from './operations/metrics-port.error.js';
import { StoreUnusableError } from './outbox/store-unusable.error.js';
import { SettingsError } from './settings/settings.error.js';

/** Errors whose message was written for the person who starts the gateway. */
const SELF_EXPLAINING = [EventCatalogError, NotExportableError, StoreUnusableError, MetricsPortError];
const ABOUT_SETTINGS = [SettingsError, DataverseOptionsError];

/** What to tell a person whose start was refused, and the exit code: 2 where settings are at fault, else 1. */
export function describeStartFailure(error: unknown): { readonly message: string; readonly exitCode: 1 | 2 } {
  if (ABOUT_SETTINGS.some((kind) => error instanceof kind)) return { message: messageOf(error), exitCode: 2 };
  if (SELF_EXPLAINING.some((kind) => error instanceof kind)) return { message: messageOf(error), exitCode: 1 };
  const { code, port, path, syscall } = error as NodeJS.ErrnoException & { port?: number };
  if (path !== undefined && syscall !== 'listen') {
    return { message: `${path} cannot be used (${code}): let this user write there, or start elsewhere.`, exitCode: 1 };
  }
  switch (code) {
    case 'EADDRINUSE':
      return { message: `Port ${port} is in use: stop what listens there, or set PORT to another one.`, exitCode: 1 };
    case 'EACCES':
      return { message: `Port ${port} may not be opened by this user: set PORT to one above 1023.`, exitCode: 1 };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return { message: 'HOST is no address of this machine: 0.0.0.0 stands for all of them.', exitCode: 1 };
    default:
      return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 };
  }
}
