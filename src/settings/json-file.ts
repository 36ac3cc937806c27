import { readFileSync, statSync } from 'node:fs';
import type { InputFault } from '../kernel/input-fault.js';
import { parseStrictJson } from '../kernel/strict-json.js';

/** What a JSON file holds, or why it cannot be used. */
export type JsonFile =
  | { readonly kind: 'json'; readonly value: unknown }
  /** The code of the error that stood in the way, such as ENOENT. */
  | { readonly kind: 'unreadable'; readonly code: string }
  /** Each detail completes "the file ..."; none quotes the content. */
  | { readonly kind: 'unusable'; readonly faults: readonly InputFault[] };

/** Reads a file strictly: of a member that comes twice, `JSON.parse` would take the last in silence. */
export function readJsonFile(path: string): JsonFile {
  const bytes = bytesOf(path);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const body = parseStrictJson(bytes);
  if (body.kind === 'malformed') {
    const detail = body.detail.replace(/^The body (.*)\.$/, '$1');
    return { kind: 'unusable', faults: [{ pointer: '', detail }] };
  }
  return body.faults.length > 0 ? { kind: 'unusable', faults: body.faults } : { kind: 'json', value: body.value };
}

/** Windows says nothing about others in a file's mode. */
export function isReadableByOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o044) !== 0;
}

function bytesOf(path: string): Buffer | Extract<JsonFile, { kind: 'unreadable' }> {
  try {
    return readFileSync(path);
  } catch (error) {
    return { kind: 'unreadable', code: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}
