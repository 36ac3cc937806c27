import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

export type Phase = 'starting' | 'serving' | 'stopping';

/**
 * Where the process stands in its life. Readiness follows it, so that load balancers send no more traffic before the
 * gateway refuses it: `beginShutdown` is the first thing that happens on SIGTERM.
 */
@Injectable()
export class Lifecycle implements OnApplicationBootstrap, OnModuleDestroy {
  private current: Phase = 'starting';

  get phase(): Phase {
    return this.current;
  }

  /** From here on the gateway is not ready; there is no way back. May be called more than once. */
  beginShutdown(): void {
    this.current = 'stopping';
  }

  onApplicationBootstrap(): void {
    if (this.current === 'starting') this.current = 'serving';
  }

  /** Nest's first step of closing, for an application that is closed without a signal. */
  onModuleDestroy(): void {
    this.beginShutdown();
  }
}
