import {
  type DynamicModule,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.error.js';
import { Clock } from '../kernel/clock.js';
import { SystemTimers } from '../kernel/timers.js';
import { AccessGuard } from './access.guard.js';
import { AccessJournal } from './access-journal.js';
import { AccessOptions } from './access-options.js';
import { Authenticator } from './authenticator.js';
import { ClientRates } from './client-rates.js';
import { ClientsService } from './clients.service.js';
import { Credentials } from './credentials.js';
import { FailingNetworks } from './failing-networks.js';
import { assembleOidc, type Oidc } from './oidc/assemble-oidc.js';

/** Tokens beside API keys, if an issuer is set. */
abstract class AssembledOidc {
  abstract readonly oidc: Oidc | null;
}

/**
 * Guards every controller of the application. Global, because features ask for the rates, and features with credentials
 * of their own report failed ones. Needs `ClientStore`, `Clock` and `AccessJournal` from a global module.
 */
@Module({})
export class AccessModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly guard: AccessGuard,
    private readonly rates: ClientRates,
    private readonly journal: AccessJournal,
    private readonly assembled: AssembledOidc,
  ) {}

  static with(options: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [
        { provide: AccessOptions, useValue: options },
        Authenticator,
        ClientRates,
        ClientsService,
        { provide: FailingNetworks, inject: [Clock], useFactory: (clock: Clock) => new FailingNetworks(clock) },
        {
          provide: AssembledOidc,
          inject: [AccessJournal, Clock],
          useFactory: (journal: AccessJournal, clock: Clock): AssembledOidc => ({
            oidc: assembleOidc({ options, journal, clock, timers: new SystemTimers() }),
          }),
        },
        {
          provide: Credentials,
          inject: [Authenticator, AssembledOidc, FailingNetworks],
          useFactory: (keys: Authenticator, { oidc }: AssembledOidc, failing: FailingNetworks) =>
            new Credentials({ keys, tokens: oidc?.tokens ?? null, failing }),
        },
        AccessGuard,
        { provide: APP_GUARD, useExisting: AccessGuard },
      ],
      exports: [AccessGuard, ClientRates, ClientsService, FailingNetworks],
    };
  }

  /** Nest asks guards after the body was read; this asks the sender of a body before. */
  onModuleInit(): void {
    const instance = this.http.httpAdapter.getInstance<FastifyInstance>();
    instance.decorateRequest('principal', null);
    instance.decorateRequest('unitsSpent', 0);
    instance.addHook('onRequest', (request, _reply, done) => {
      if (!bringsBody(request) || request.routeOptions.config.isPublic === true) return done();
      if (request.is404) return done(new ProblemError('not-found', 'There is nothing at this path.'));
      const principal = this.guard.identify(request);
      if (principal instanceof Promise) principal.then(() => done(), done);
      else done();
    });
    instance.addHook('onSend', (request, reply, payload, done) => {
      this.settle(request, reply);
      done(null, payload);
    });
  }

  /**
   * On every endpoint: counts refused requests, gives back what was counted but not accepted, and tells a client its
   * rate.
   */
  private settle({ principal, unitsSpent }: FastifyRequest, reply: FastifyReply): void {
    if (reply.statusCode === 403) this.journal.refused('forbidden');
    if (principal === null) return;
    // The request itself stays counted: a busy gateway should not be asked again and again.
    if (reply.statusCode === 503) this.rates.giveBack(principal, unitsSpent);
    const headers = this.rates.headersFor(principal);
    if (headers !== null) reply.headers(headers);
  }

  onApplicationBootstrap(): void {
    this.assembled.oidc?.keys.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.assembled.oidc?.keys.stop();
  }
}

function bringsBody({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}
