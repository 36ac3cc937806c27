import type { Change, ColumnDifference, Obstacle } from '../../dataverse/provisioning/change.js';
import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import type { FullPlan } from '../../dataverse/provisioning/provisioner.js';
import type { Output } from '../cli-context.js';
import { printable } from '../write-output.js';
import { COMPONENT_WORDS } from './component-words.js';
import { sentence } from './sentence.js';

/** A sign and a word for each action: neither colour nor width carries a meaning. */
const SIGNS = { create: '+ create', update: '~ update', recreate: '! recreate', delete: '- delete' } as const;

/** Writes a plan for people: a line per change, with its differences below it. */
export function showPlan(plan: FullPlan, output: Output): void {
  for (const line of linesOf(plan)) output.write(`${printable(line)}\n`);
}

function linesOf({ changes, recreations, obstacles, notes }: FullPlan): readonly string[] {
  const rows = changes.map(rowOf);
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1)];
  const shown = changes.flatMap((change, index) => {
    const cells = (rows[index] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return [`  ${cells.join('  ').trimEnd()}`, ...differenceLines(change.differences)];
  });
  return [
    ...shown,
    ...recreations.flatMap(recreationLines),
    ...obstacles.flatMap(obstacleLines),
    ...notes.map((note) => `Note: ${sentence(note)}`),
  ];
}

function rowOf({ action, component, name }: Change): readonly string[] {
  return [SIGNS[action], COMPONENT_WORDS[component], name];
}

function differenceLines(differences: readonly ColumnDifference[]): readonly string[] {
  const width = Math.max(0, ...differences.map(({ column }) => column.length));
  return differences.map(
    ({ column, wished, deployed }) =>
      `        ${column.padEnd(width)}  ${shownValue(deployed)} -> ${shownValue(wished)}`,
  );
}

function shownValue(value: ColumnDifference['wished']): string {
  return value === null ? '(empty)' : JSON.stringify(value);
}

function recreationLines({ name, scope, reasons, losses, subscribers, advice }: Recreation): readonly string[] {
  const what =
    scope === 'custom-api'
      ? 'is deleted and made anew, for no update changes this'
      : 'changes for those who call it or wait for it';
  const named = (things: Recreation['losses']) =>
    things.map((thing) => `          ${COMPONENT_WORDS[thing.component]} ${thing.name}`);
  const waiting = scope === 'parts' ? subscribers : [];
  return [
    `  ! ${name} ${what}:`,
    ...reasons.map((reason) => `          ${reason}`),
    ...(advice === null ? [] : [`        ${sentence(advice)}`]),
    ...(losses.length === 0 ? [] : ['        Lost with it, and not restored:', ...named(losses)]),
    ...(waiting.length === 0
      ? []
      : ['        Who waits for it, and should be looked at afterwards:', ...named(waiting)]),
  ];
}

/** What it is, why it matters, what to do: a line each. */
export function obstacleLines({ what, why, advice }: Obstacle): readonly string[] {
  return [`  x ${sentence(what)}`, `      Why it matters: ${sentence(why)}`, `      What to do: ${sentence(advice)}`];
}
