import type { CliContext } from './cli-context.js';

type Rows = readonly (readonly string[])[];

/** The whole answer of a command asked for `--json`. */
export function writeJson({ stdout }: CliContext, value: unknown): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** One of many answers, on a line of its own. */
export function writeJsonLine({ stdout }: CliContext, value: unknown): void {
  stdout.write(`${JSON.stringify(value)}\n`);
}

/** Rows under their headings, in columns as wide as they must be; `-` stands for nothing. */
export function writeTable(context: CliContext, headings: readonly string[], rows: Rows): void {
  writeRows(context, [headings, ...rows]);
}

/** What is known about one thing, a fact per line. */
export function writeFacts(
  context: CliContext,
  facts: Readonly<Record<string, string | number | boolean | null>>,
): void {
  writeRows(
    context,
    Object.entries(facts).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
}

/** Rows without headings, in columns as wide as they must be. */
export function writeRows({ stdout }: CliContext, rows: Rows): void {
  const lines = rows.map((cells) => cells.map((cell) => printable(cell) || '-'));
  const widths = (lines[0] ?? []).map((_cell, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of lines) {
    const line = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    stdout.write(`${line.trimEnd()}\n`);
  }
}

/** Clients chose keys and sources: none of their control characters may reach the operator's terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}
