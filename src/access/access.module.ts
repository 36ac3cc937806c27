import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.error.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { ClientRates } from './client-rates.js';
import { ClientsService } from './clients.service.js';

/** Guards every controller of the application. Needs `ClientStore` and `Clock` from a global module. */
@Module({
  providers: [
    Authenticator,
    ClientRates,
    AccessGuard,
    ClientsService,
    { provide: APP_GUARD, useExisting: AccessGuard },
  ],
  exports: [AccessGuard, ClientRates, ClientsService],
})
export class AccessModule implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly guard: AccessGuard,
    private readonly rates: ClientRates,
  ) {}

  /** Nest asks guards after the body was read; whoever sends one is asked before. */
  onModuleInit(): void {
    const instance = this.http.httpAdapter.getInstance<FastifyInstance>();
    instance.decorateRequest('principal', null);
    instance.addHook('onRequest', (request, _reply, done) => {
      if (!bringsBody(request) || request.routeOptions.config.isPublic === true) return done();
      if (request.is404) return done(new ProblemError('not-found', 'There is nothing at this path.'));
      const principal = this.guard.identify(request);
      if (principal instanceof Promise) principal.then(() => done(), done);
      else done();
    });
    instance.addHook('onSend', ({ principal }, reply, payload, done) => {
      const headers = principal === null ? null : this.rates.headersFor(principal);
      if (headers !== null) reply.headers(headers);
      done(null, payload);
    });
  }
}

function bringsBody({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}
