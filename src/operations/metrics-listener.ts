import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Readiness } from './health/readiness.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';
import { MetricsPortError } from './metrics-port.error.js';

/** Where to listen; `port` null means not at all, 0 any free one. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number | null;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * A listener of its own for /metrics and the probes, without credentials (METRICS_PORT). It outlives the API during a
 * shutdown, so that the last figures can still be read, and is small enough to answer when the API is overloaded.
 */
export class MetricsListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private server: Server | null = null;

  constructor(
    private readonly metrics: GatewayMetrics,
    private readonly readiness: Readiness,
    private readonly address: MetricsAddress,
  ) {}

  /** The port it listens on, or null when it does not. */
  get port(): number | null {
    return (this.server?.address() as AddressInfo | null | undefined)?.port ?? null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { host, port } = this.address;
    if (port === null) return;
    const server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000, headersTimeout: 5000 }, this.serve);
    server.maxConnections = 64;
    server.listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new MetricsPortError(port, host, { cause: error });
    }
    this.server = server;
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    this.server = null;
  }

  private readonly serve = (request: IncomingMessage, response: ServerResponse): void => {
    void this.answer(request).then(
      ({ status, contentType, body }) => {
        response.writeHead(status, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => response.destroy(),
    );
  };

  private async answer({ method, url = '' }: IncomingMessage): Promise<Answer> {
    if (method !== 'GET' && method !== 'HEAD') return json(405, { status: 'error' });
    switch (url.split('?')[0]) {
      case '/metrics':
        return { status: 200, contentType: this.metrics.contentType, body: await this.metrics.scrape() };
      case '/health/live':
        return json(200, { status: 'ok' });
      case '/health/ready':
        return this.ready();
      default:
        return json(404, { status: 'error' });
    }
  }

  private async ready(): Promise<Answer> {
    const report = await this.readiness.check();
    return json(report.status === 'ok' ? 200 : 503, report);
  }
}

function json(status: number, body: object): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
