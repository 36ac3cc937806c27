import type { Campaign } from './campaign.js';

export interface FuzzReport extends Campaign {
  readonly seed: number;
  readonly accepted: number;
  readonly undecided: number;
  readonly afterwards: readonly string[];
}

/** What a person reads; the figures of docs/fuzz.md are these. */
export function describeCampaign(report: FuzzReport): string {
  const { seed, requests, seconds, unexpected, cases, statuses, findings, accepted, undecided, afterwards } = report;
  const lines = [
    `seed ${seed}: ${requests} requests in ${seconds} s, ${Math.round(requests / seconds)} a second`,
    `accepted: ${accepted} events; undecided: ${undecided}`,
    `unexpected 5xx, and requests without an answer: ${unexpected}`,
    'cases:',
    ...Object.entries(cases).map(([name, times]) => `  ${times} x ${name}`),
    'statuses:',
    ...Object.entries(statuses).map(([status, times]) => `  ${times} x ${status}`),
    ...findings.map(({ index, name, detail }) => `FINDING --seed ${seed} --case ${index} (${name}): ${detail}`),
    ...afterwards.map((detail) => `FINDING afterwards: ${detail}`),
    findings.length + afterwards.length === 0
      ? 'the contract was kept'
      : `${findings.length + afterwards.length} findings`,
  ];
  return `${lines.join('\n')}\n`;
}
