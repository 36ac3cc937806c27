import type { CheckStep } from '../../dataverse/checks/check-step.js';
import type { CliContext } from '../cli-context.js';
import { printable } from '../write-output.js';

const SIGNS: Readonly<Record<CheckStep['result'], string>> = {
  ok: 'ok',
  warning: 'hint',
  failed: 'FAILED',
  skipped: '-',
};

/**
 * One line per finished step, and below it what to do about it; figures are for `--json`. The user is named only where
 * there are several.
 */
export function showCheckStep(
  { stdout }: CliContext,
  { step, customApi, ...found }: CheckStep,
  several: boolean,
): void {
  const whose = [customApi, several ? found.applicationUser : null].filter((name) => name !== null).join(', ');
  const took = typeof found.figures.ms === 'number' ? ` (${found.figures.ms} ms)` : '';
  const about = whose === '' ? '' : `${whose}: `;
  stdout.write(`${SIGNS[found.result].padEnd(8)}${step.padEnd(12)}${printable(about + found.detail)}${took}\n`);
  if (found.advice !== null) stdout.write(`${' '.repeat(20)}${printable(found.advice)}\n`);
}
