import type { RefusalGroup, Summary } from './tally.js';

/** How many kinds of refusals, and faults of each, are shown: a person reads the first few. */
const MOST = 5;

/** The results of all events, for a person. */
export function describeSummary(summary: Summary): string {
  const { sent, accepted, repeated, refused, unanswered, durationMs, p50Ms, p99Ms } = summary;
  const seconds = durationMs / 1000;
  const pace = seconds > 0 ? `, ${Math.round(sent / seconds)} a second` : '';
  const lines = [
    `${sent} sent in ${seconds.toFixed(1)} s${pace}`,
    `accepted ${accepted}, repeated ${repeated}, refused ${refused}, without an answer ${unanswered}`,
    ...(p50Ms === null ? [] : [`answers took ${p50Ms} ms (p50), ${p99Ms} ms (p99)`]),
    ...(summary.lastFailure === null ? [] : [`last failure: ${summary.lastFailure}`]),
    ...summary.refusals.slice(0, MOST).flatMap(describeRefusals),
  ];
  return `${lines.join('\n')}\n`;
}

function describeRefusals({ count, status, title, detail, errors }: RefusalGroup): readonly string[] {
  const faults = errors.slice(0, MOST).map((fault) => `  ${fault.pointer || '/'} ${fault.detail}`);
  return [`refused ${count} with ${status}: ${title}. ${detail}`.trimEnd(), ...faults];
}
