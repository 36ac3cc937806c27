import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Global, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../../src/access/access.module.js';
import { AccessJournal } from '../../../src/access/access-journal.js';
import type { HttpLimits } from '../../../src/http/http-limits.js';
import { createHttpAdapter } from '../../../src/http/http-server.js';
import { ProblemFilter } from '../../../src/http/problem.filter.js';
import { Clock, SystemClock } from '../../../src/kernel/clock.js';
import type { HookAuth } from '../../../src/kernel/hook-auth.js';
import { SystemTimers, type Timers } from '../../../src/kernel/timers.js';
import { ClientStore } from '../../../src/outbox/client-store.js';
import { Doorbell } from '../../../src/outbox/doorbell.js';
import { openStore } from '../../../src/outbox/open-store.js';
import { ReceiptStore } from '../../../src/outbox/receipt-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { messageTypes } from '../../../src/receipts/message-types.js';
import { ReceiptsModule } from '../../../src/receipts/receipts.module.js';
import { ReceiptsService } from '../../../src/receipts/receipts.service.js';
import { ReceiptsJournal } from '../../../src/receipts/receipts-journal.js';
import { RecordingAccessJournal } from '../../access/support/recording-access-journal.js';
import { shippedCatalog } from '../../ingest/support/ingest-app.js';

/** What a test may put in place of the real thing. */
export interface ReceiverAppOptions {
  /** Null: the setting HOOK_AUTH_FILE is not there. */
  readonly hookAuth?: readonly HookAuth[] | null;
  readonly limits?: Partial<HttpLimits>;
  readonly databaseUrl?: string;
  /** Stands before the real store, for failures. */
  readonly receipts?: (real: ReceiptStore) => ReceiptStore;
  readonly deadlineMs?: number;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly trustedProxies?: boolean;
}

/** The receiver on a real listener and a real store; nobody delivers. */
export interface ReceiverApp {
  readonly url: string;
  readonly port: number;
  readonly store: Store;
  readonly service: ReceiptsService;
  /** What the journal was told, oldest first. */
  readonly journal: string[];
  /** Posts a body to the receiver with headers or a query. */
  post(body: string | object, how?: { readonly headers?: Headed; readonly query?: string }): Promise<HookAnswer>;
  close(): Promise<void>;
}

type Headed = Readonly<Record<string, string>>;

export interface HookAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** As text: a 204 has none. */
  readonly text: string;
}

export const HEADER_AUTH: HookAuth = { kind: 'http-header', headers: [{ name: 'x-hook-key', value: 'right' }] };
export const RIGHT = { 'x-hook-key': 'right' };

export async function startReceiver(options: ReceiverAppOptions = {}): Promise<ReceiverApp> {
  const { hookAuth = [HEADER_AUTH], databaseUrl = 'sqlite::memory:', clock = new SystemClock() } = options;
  const store = await openStore({ databaseUrl, role: 'owner', clock });
  const journal: string[] = [];
  const receipts = options.receipts?.(store.receipts) ?? store.receipts;
  const module = ReceiptsModule.with({
    types: messageTypes(await shippedCatalog(), 'contoso'),
    hookAuth,
    deadlineMs: options.deadlineMs ?? null,
    timers: options.timers ?? new SystemTimers(),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    moduleOf([module], { store, receipts, journal, clock }),
    createHttpAdapter(options.limits, { tls: null, trustedProxies: options.trustedProxies ?? false }),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hooks/dataverse`;
  return {
    url,
    port,
    store,
    journal,
    service: app.get(ReceiptsService, { strict: false }),
    post: (body, { headers = RIGHT, query = '' } = {}) => post(`${url}${query}`, body, headers),
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

async function post(url: string, body: string | object, headers: Headed): Promise<HookAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, { method: 'POST', headers, body: text });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

interface Parts {
  readonly store: Store;
  readonly receipts: ReceiptStore;
  readonly journal: string[];
  readonly clock: Clock;
}

function moduleOf(imports: readonly ReturnType<typeof ReceiptsModule.with>[], parts: Parts) {
  const { store, receipts, journal, clock } = parts;

  @Global()
  @Module({
    providers: [
      { provide: ClientStore, useValue: store.clients },
      { provide: ReceiptStore, useValue: receipts },
      { provide: Clock, useValue: clock },
      { provide: AccessJournal, useValue: new RecordingAccessJournal() },
      { provide: ReceiptsJournal, useValue: recording(journal) },
      { provide: Doorbell, useValue: { wake: () => void journal.push('doorbell') } },
    ],
    exports: [ClientStore, ReceiptStore, Clock, AccessJournal, ReceiptsJournal, Doorbell],
  })
  class PartsModule {}

  @Module({
    imports: [PartsModule, AccessModule.with({ oidc: null, clientRate: null }), ...imports],
    providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
  })
  class ReceiverModule {}

  return ReceiverModule;
}

function recording(journal: string[]): ReceiptsJournal {
  return {
    taken: ({ result, receipt: { stripped } }) => void journal.push(`${result}${stripped ? ' stripped' : ''}`),
    foreign: (message) => void journal.push(`foreign ${message}`),
    refused: ({ reason }) => void journal.push(`refused ${reason}`),
    foundOverdue: (counts) => void journal.push(`overdue ${counts.map(({ type, count }) => `${type} ${count}`)}`),
    overdueFailed: () => void journal.push('overdue-failed'),
  };
}
