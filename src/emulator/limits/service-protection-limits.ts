/** Service protection limits, per user and web server. Null turns one off. */
export interface ServiceProtectionLimits {
  /** Requests within the window; a `$batch` is one. */
  readonly requests: number | null;
  /** Combined execution time within the window, in milliseconds. */
  readonly executionTimeMs: number | null;
  /** Requests at the same time. */
  readonly concurrency: number | null;
  /** Length of the sliding window. */
  readonly windowMs: number;
}

/** What Microsoft documents: 6000 requests and 20 minutes of execution time in 5 minutes, 52 at the same time. */
export const DOCUMENTED_LIMITS: ServiceProtectionLimits = {
  requests: 6000,
  executionTimeMs: 1_200_000,
  concurrency: 52,
  windowMs: 300_000,
};

export const NO_LIMITS: ServiceProtectionLimits = {
  requests: null,
  executionTimeMs: null,
  concurrency: null,
  windowMs: 300_000,
};

/** Which of the three limits was exceeded. */
export type Facet = 'requests' | 'execution-time' | 'concurrency';

/** `error.code` and `error.message` of a throttled call, word for word; the figures are those of the current limits. */
export function throttleError(facet: Facet, limits: ServiceProtectionLimits): { code: string; message: string } {
  const seconds = limits.windowMs / 1000;
  switch (facet) {
    case 'requests': {
      const limit = limits.requests ?? DOCUMENTED_LIMITS.requests;
      const message = `Number of requests exceeded the limit of ${limit} over time window of ${seconds} seconds.`;
      return { code: '0x80072322', message };
    }
    case 'execution-time': {
      const limit = (limits.executionTimeMs ?? DOCUMENTED_LIMITS.executionTimeMs ?? 0).toLocaleString('en-US');
      const message = `Combined execution time of incoming requests exceeded limit of ${limit}  milliseconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`;
      return { code: '0x80072321', message };
    }
    case 'concurrency': {
      const limit = limits.concurrency ?? DOCUMENTED_LIMITS.concurrency;
      return { code: '0x80072326', message: `Number of concurrent requests exceeded the limit of ${limit}.` };
    }
  }
}
