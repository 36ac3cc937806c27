import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { type OperationsApp, startOperationsApp } from './support/operations-app.js';

const documentation = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

const [, alertsAndMore = ''] = documentation.split('## Alerts worth having');
const [, ruleFile = ''] = alertsAndMore.split('```');
const alerts = ruleFile
  .split('- alert: ')
  .slice(1)
  .map((text) => ({ name: text.split('\n', 1)[0] ?? '', text }));

/** What stands under each heading, by the anchor that GitHub gives it. */
const sections = new Map(
  documentation.split(/^#{2,3} /m).map((section) => {
    const [title = ''] = section.split('\n', 1);
    return [
      title
        .toLowerCase()
        .replace(/[^a-z0-9 _-]/g, '')
        .replaceAll(' ', '-'),
      section,
    ] as const;
  }),
);

const METRIC = /gateway_\w+/g;

function withoutBucket(metric: string): string {
  return metric.replace(/_bucket$/, '');
}

function labelsOf(metric: string): readonly (string | undefined)[] {
  const [, labels = ''] = new RegExp(`^\\| \`${metric}\` \\| \\w+ \\| ([^|]*) \\|`, 'm').exec(documentation) ?? [];
  return [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label);
}

let app: OperationsApp;
beforeAll(async () => {
  app = await startOperationsApp();
});
afterAll(() => app.close());

describe('docs/operations.md', () => {
  it('lists every metric of the gateway with its type, and none that is not there', async () => {
    const text = await (await fetch(`${app.metricsUrl}/metrics`)).text();
    const served = [...text.matchAll(/^# TYPE (gateway_\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    const told = [...documentation.matchAll(/^\| `(gateway_\w+)` \| (\w+) \|/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );

    expect(told.toSorted()).toEqual(served.toSorted());
  });

  it('names no metric in an alert that is not in its table', () => {
    const used = new Set(alerts.flatMap(({ text }) => [...text.matchAll(METRIC)].map(([name]) => withoutBucket(name))));

    expect([...used].filter((name) => !documentation.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it.each(alerts)('asks for no label that the metric has not: $name', ({ text }) => {
    const [, expression = ''] = /expr:(.*?)\n {8}(?:for|labels):/s.exec(text) ?? [];
    const asked = [...expression.matchAll(/(gateway_\w+)\{([^}]*)\}/g)].flatMap(([, metric = '', matchers = '']) =>
      [...matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => ({ metric: withoutBucket(metric), label })),
    );

    expect(expression).not.toBe('');
    expect(asked.filter(({ metric, label }) => !labelsOf(metric).includes(label ?? ''))).toEqual([]);
  });

  it.each(alerts)('tells of $name how urgent it is, what it means, and in the runbook what to do', ({ name, text }) => {
    const [, heading = ''] = /^ {10}runbook: docs\/operations\.md#(\S+)$/m.exec(text) ?? [];

    expect(text).toMatch(/^ {8}labels: \{ severity: (?:page|ticket) \}$/m);
    expect(text).toMatch(/^ {10}summary: \S/m);
    expect(sections.get(heading)).toContain(`\`${name}\``);
  });

  it('lists every exit code', () => {
    const told = [...documentation.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));

    expect(told).toEqual(Object.values(ExitCode));
  });
});
