import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import type { Command } from 'commander';
import type { GatewaySettings } from '../settings/gateway-settings.js';
import { readSettings } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';

const TIMEOUT_MS = 2_000;

/** `health`: whether the gateway with these settings is alive; a container's HEALTHCHECK runs it. */
export function registerHealth(program: Command, context: CliContext): void {
  program
    .command('health')
    .description('Ask whether the gateway on this machine lives; for containers.')
    .action(async () => {
      const url = livenessUrl(readSettings(context.environment));
      const status = await statusOf(url);
      if (status !== 200) {
        throw new CommandError(ExitCode.Failure, `${url} answers ${status ?? 'nothing'}: the gateway does not live.`);
      }
    });
}

function livenessUrl({ http, operations }: GatewaySettings): string {
  const host = ['0.0.0.0', '::'].includes(http.host) ? '127.0.0.1' : http.host;
  if (operations.metricsPort !== null) return `http://${host}:${operations.metricsPort}/health/live`;
  return `${http.tls === null ? 'http' : 'https'}://${host}:${http.port}/health/live`;
}

/** Null where there is no answer. The certificate is the gateway's own; it need not be valid for this address. */
async function statusOf(url: string): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const options = { timeout: TIMEOUT_MS, rejectUnauthorized: false };
  const request = url.startsWith('https:') ? getHttps(url, options) : getHttp(url, options);
  request.on('response', (response) => {
    response.resume();
    resolve(response.statusCode ?? null);
  });
  request.on('timeout', () => request.destroy());
  request.on('error', () => resolve(null));
  request.on('close', () => resolve(null));
  return promise;
}
