import { randomFillSync } from 'node:crypto';

/** Exactly version 00; a higher version may have more behind the flags, which we cannot read. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ZERO_TRACE = '0'.repeat(32);
const ZERO_SPAN = '0'.repeat(16);

/**
 * Continues the caller's trace with a span of our own, or begins one (not sampled: nobody asked for it). The result
 * goes into the answer, into the stored event and on to Dataverse. https://www.w3.org/TR/trace-context/
 */
export function continueTrace(traceparent: string | undefined): string {
  const caller = traceparent === undefined ? null : parseTraceparent(traceparent);
  return caller === null
    ? `00-${randomHex(16)}-${randomHex(8)}-00`
    : `00-${caller.traceId}-${randomHex(8)}-${caller.flags}`;
}

/** Null where the header breaks the rules: the standard then has a new trace begin. */
function parseTraceparent(traceparent: string): { readonly traceId: string; readonly flags: string } | null {
  const [, version, traceId = ZERO_TRACE, spanId = ZERO_SPAN, flags = '00', rest] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === ZERO_TRACE || spanId === ZERO_SPAN) return null;
  if (version === '00' && rest !== undefined) return null;
  // Only the sampled bit is defined; a sender that does not know the others must set them to zero.
  return { traceId, flags: Number.parseInt(flags, 16) % 2 === 1 ? '01' : '00' };
}

/** One call to the system's generator yields a few hundred ids; trace ids are no secrets. */
const POOL = Buffer.alloc(4096);
let used = POOL.length;

function randomHex(bytes: number): string {
  if (used + bytes > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += bytes;
  return POOL.toString('hex', used - bytes, used);
}
