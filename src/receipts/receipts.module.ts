import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { HookAuth } from '../kernel/hook-auth.js';
import type { Timers } from '../kernel/timers.js';
import { Doorbell } from '../outbox/doorbell.js';
import { ReceiptStore } from '../outbox/receipt-store.js';
import type { MessageTypes } from './message-types.js';
import { OverdueWatch } from './overdue-watch.js';
import { ReadingTurns } from './reading-turns.js';
import { ReceiptsService } from './receipts.service.js';
import { ReceiptsJournal } from './receipts-journal.js';
import { DataverseHookController } from './webhook/dataverse-hook.controller.js';
import { HookGuard } from './webhook/hook.guard.js';
import { HookReceiver } from './webhook/hook-receiver.js';

export interface ReceiptsOptions {
  readonly types: MessageTypes;
  /** The setting HOOK_AUTH_FILE; null: no receipts come over HTTP. */
  readonly hookAuth: readonly HookAuth[] | null;
  /** How long a receipt may take, over either channel; null where none are expected. */
  readonly deadlineMs: number | null;
  readonly timers: Timers;
}

/**
 * Receipts from Dataverse's event framework. Needs `ReceiptStore`, `Doorbell` and `ReceiptsJournal` from a global
 * module, and `AccessModule` beside it.
 */
@Module({})
export class ReceiptsModule {
  static with({ types, hookAuth, deadlineMs, timers }: ReceiptsOptions): DynamicModule {
    return {
      module: ReceiptsModule,
      controllers: [DataverseHookController],
      providers: [
        {
          provide: ReceiptsService,
          inject: [ReceiptStore, ReceiptsJournal, Doorbell],
          useFactory: (store: ReceiptStore, journal: ReceiptsJournal, doorbell: Doorbell) =>
            new ReceiptsService({ store, types, journal, doorbell, turns: new ReadingTurns(timers) }),
        },
        { provide: HookReceiver, useValue: new HookReceiver(hookAuth) },
        HookGuard,
        ...(deadlineMs === null ? [] : [overdueWatch(deadlineMs, timers)]),
      ],
    };
  }
}

function overdueWatch(deadlineMs: number, timers: Timers): Provider {
  return {
    provide: OverdueWatch,
    inject: [ReceiptStore, ReceiptsJournal],
    useFactory: (store: ReceiptStore, journal: ReceiptsJournal) =>
      new OverdueWatch({ store, journal, timers, deadlineMs }),
  };
}
