import { describe, expect, it } from '@jest/globals';
import { continueTrace } from './trace-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0[01]$/;

describe('the trace context', () => {
  it.each([
    ['sampled', `00-${TRACE}-${SPAN}-01`, '01'],
    ['not sampled', `00-${TRACE}-${SPAN}-00`, '00'],
    ['with unknown flags', `00-${TRACE}-${SPAN}-ff`, '01'],
    ['of a later version', `cc-${TRACE}-${SPAN}-01-what-comes-later`, '01'],
  ])('of a caller is continued with a span of our own, %s', (_how, header, flags) => {
    const [version, trace, span, ourFlags] = continueTrace(header).split('-');
    expect([version, trace, ourFlags]).toEqual(['00', TRACE, flags]);
    expect(span).toMatch(/^[0-9a-f]{16}$/);
    expect(span).not.toBe(SPAN);
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['zeros for a trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['zeros for a span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${TRACE}-${SPAN}-01`],
    ['upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['more than version 00 has', `00-${TRACE}-${SPAN}-01-more`],
    ['two headers in one', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
    ['a header injection', `00-${TRACE}-${SPAN}-01\r\nx: y`],
  ])('begins anew for %s', (_what, header) => {
    const traceparent = continueTrace(header);
    expect(traceparent).toMatch(FORM);
    expect(traceparent).not.toContain(TRACE);
  });

  it('is another one for every request', () => {
    expect(new Set(Array.from({ length: 1000 }, () => continueTrace(undefined))).size).toBe(1000);
  });
});
