import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;

/**
 * The header that continues a trace as a new span below it; none without a readable trace context. W3C Trace Context,
 * section 3.2.
 */
export function childSpan(traceparent: string | null): { readonly traceparent?: string } {
  const [, traceId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return traceId === undefined ? {} : { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` };
}
