import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('contexts.lua', import.meta.url));

/**
 * Posts a context of each event over so many connections, with wrk: it leaves the machine to the server, and the server
 * is what is measured. Resolves with requests per second, percentiles in milliseconds, and how many were not taken.
 */
export async function postContexts({ url, key, ids, folder, connections, seconds }) {
  const file = join(folder, 'ids.txt');
  writeFileSync(file, `${ids.join('\n')}\n`);
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '-s', SCRIPT, url], {
    env: {
      ...process.env,
      BENCH_KEY: key,
      BENCH_PATH: '/hooks/dataverse',
      BENCH_BODY: JSON.stringify(CONTEXT),
      BENCH_IDS: file,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child, 'close');
  const [, requests, duration, p50, p99, failed] = /BENCH (\S+) (\S+) (\S+) (\S+) (\S+)/.exec(output) ?? [];
  return {
    requests: Number(requests),
    rate: Number(requests) / Number(duration),
    p50: Number(p50),
    p99: Number(p99),
    failed: Number(failed),
  };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const TYPE = 'http://schemas.microsoft.com/xrm/2011/Contracts';

/** As Dataverse posts it: 2.3 KB for a purchase of two lines. */
const CONTEXT = {
  BusinessUnitId: 'f64c9d1f-d076-ea11-a812-000d3a86a586',
  CorrelationId: 'dfe79039-5a08-4d0a-b4ee-9534625c8654',
  Depth: 1,
  InitiatingUserAzureActiveDirectoryObjectId: NOBODY,
  InitiatingUserId: 'c164a5aa-765e-4181-8771-537e8b1ebf3b',
  InputParameters: [
    { key: 'EventId', value: '@event@' },
    { key: 'EventSource', value: 'store-042' },
    { key: 'PurchaseId', value: 'P-2026-000042' },
    { key: 'OccurredAt', value: '/Date(1795341600000)/' },
    { key: 'StoreId', value: 'store-042' },
    { key: 'TotalAmount', value: { __type: `Money:${TYPE}`, Value: 24.85 } },
    { key: 'CurrencyCode', value: 'EUR' },
    {
      key: 'ContactId',
      value: {
        __type: `EntityReference:${TYPE}`,
        Id: 'a2b1d88b-90ea-ea11-a815-000d3a86a3ce',
        KeyAttributes: [],
        LogicalName: 'contact',
        Name: null,
        RowVersion: null,
      },
    },
    { key: 'CustomerNumber', value: 'C-1007' },
    { key: 'Email', value: 'kim@example.com' },
    {
      key: 'Lines',
      value: JSON.stringify([
        { sku: 'TEA-01', description: 'Tea', quantity: '2', unitPrice: '4.95' },
        { sku: 'CUP-07', description: 'Cup', quantity: '1', unitPrice: '14.95' },
      ]),
    },
  ],
  IsExecutingOffline: false,
  IsInTransaction: false,
  IsOfflinePlayback: false,
  IsolationMode: 1,
  MessageName: 'contoso_CustomerPurchase',
  Mode: 1,
  OperationCreatedOn: '/Date(4102444800000+0000)/',
  OperationId: '@operation@',
  OrganizationId: '9c5d5db0-47c7-4741-aa25-08eb4cdf59a3',
  OrganizationName: 'orgad623a9e',
  OutputParameters: [],
  OwningExtension: {
    Id: 'aa45df79-90ea-ea11-a815-000d3a86a3ce',
    KeyAttributes: [],
    LogicalName: 'sdkmessageprocessingstep',
    Name: null,
    RowVersion: null,
  },
  ParentContext: null,
  PostEntityImages: [],
  PreEntityImages: [],
  PrimaryEntityId: NOBODY,
  PrimaryEntityName: 'none',
  RequestId: 'bda24fe5-1f23-4c96-a4ab-34739a2f5628',
  SecondaryEntityName: 'none',
  SharedVariables: [
    { key: 'tag', value: '@event@' },
    { key: 'IsAutoTransact', value: true },
  ],
  Stage: 40,
  UserAzureActiveDirectoryObjectId: NOBODY,
  UserId: 'c164a5aa-765e-4181-8771-537e8b1ebf3b',
};
