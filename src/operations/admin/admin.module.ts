import { type DynamicModule, Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { EventActionsController } from './event-actions.controller.js';
import { GatesController } from './gates.controller.js';
import { KnownGates } from './known-gates.js';
import { ReplaysController } from './replays.controller.js';
import { ReplaysService } from './replays.service.js';

/** What operators can control. */
export interface AdminOptions {
  readonly types: readonly string[];
  readonly applicationUsers: readonly string[];
}

/**
 * What operators do over HTTP. Needs `OperatorActions`, `AuditStore`, `Gates`, `Doorbell`, `Lifecycle` and `Clock` from
 * global modules, and `AccessModule` beside it.
 */
@Module({})
export class AdminModule {
  static for({ types, applicationUsers }: AdminOptions): DynamicModule {
    return {
      module: AdminModule,
      controllers: [EventActionsController, ReplaysController, GatesController, AuditController],
      providers: [ReplaysService, { provide: KnownGates, useValue: new KnownGates(types, applicationUsers) }],
    };
  }
}
