import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { type OperationsApp, startOperationsApp } from './support/operations-app.js';

const documentation = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

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
    const [, alerts = ''] = documentation.split('## Alerts worth having');
    const used = new Set([...alerts.matchAll(/gateway_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')));

    expect([...used].filter((name) => !documentation.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('lists every exit code', () => {
    const told = [...documentation.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));

    expect(told).toEqual(Object.values(ExitCode));
  });
});
