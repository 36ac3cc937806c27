import { gatewayVersion } from './operations/version.js';
import { shownAddress } from './outbox/shown-address.js';
import { sqliteFile } from './outbox/sqlite-file.js';
import type { GatewaySettings } from './settings/gateway-settings.js';

/** What an operator asks first of a gateway that has started: which one it is, and what it works on. No secret. */
export function startLine(url: string, settings: GatewaySettings) {
  const { store, dataverse, operations, receipts } = settings;
  const { hookAuth, serviceBus } = receipts;
  return {
    url,
    pid: process.pid,
    version: gatewayVersion(),
    store: sqliteFile(store.databaseUrl) ?? shownAddress(store.databaseUrl),
    dataverse: dataverse.url,
    metricsPort: operations.metricsPort,
    receipts: [...(hookAuth === null ? [] : ['webhook']), ...(serviceBus === null ? [] : ['service-bus'])],
  };
}
