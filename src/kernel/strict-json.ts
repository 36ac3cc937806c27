import { isUtf8 } from 'node:buffer';
import type { InputFault } from './input-fault.js';
import { scanJson } from './json-scan.js';

/**
 * A body as the parser leaves it. Its faults belong into one answer with the faults of the content, so they come with
 * the value.
 */
export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly faults: readonly InputFault[] }
  /** Nothing can be said about the content; `detail` says why, without echoing any of it. */
  | { readonly kind: 'malformed'; readonly detail: string };

/** Reads UTF-8 JSON more strictly than `JSON.parse`; `scanJson` says what it checks besides the syntax. */
export function parseStrictJson(bytes: Buffer): JsonBody {
  if (bytes.length === 0) return malformed('The body is empty.');
  if (!isUtf8(bytes)) return malformed('The body is not valid UTF-8.');
  const text = bytes.toString('utf8');
  const scan = scanJson(text);
  if (scan.kind === 'too-deep') return malformed('The body is nested deeper than 32 levels.');
  if (scan.kind === 'malformed') return malformed('The body is not valid JSON.');
  return parse(text, scan.faults);
}

function parse(text: string, faults: readonly InputFault[]): JsonBody {
  try {
    return { kind: 'json', value: JSON.parse(text), faults };
  } catch (error) {
    return malformed(`The body is not valid JSON${placeOf(error)}.`);
  }
}

function malformed(detail: string): JsonBody {
  return { kind: 'malformed', detail };
}

/** V8's messages quote the text, so only the position is taken from them. */
function placeOf(error: unknown): string {
  const place = error instanceof Error ? /\(line (\d+) column (\d+)\)$/.exec(error.message) : null;
  return place === null ? '' : ` at line ${place[1]}, column ${place[2]}`;
}
