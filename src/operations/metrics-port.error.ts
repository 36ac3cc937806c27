/** METRICS_PORT cannot be listened on; the process does not start. */
export class MetricsPortError extends Error {
  override readonly name = 'MetricsPortError';
  readonly code = 'metrics-port-unusable';

  constructor(port: number, host: string, options: ErrorOptions) {
    const { code } = options.cause as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be listened on (${code ?? 'unknown'})`;
    super(`METRICS_PORT ${port} on ${host} ${why}: choose another, or leave METRICS_PORT out.`, options);
  }
}
