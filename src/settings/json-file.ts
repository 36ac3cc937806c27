import { readFileSync, statSync } from 'node:fs';
import type { InputFault } from '../kernel/input-fault.js';
import { parseStrictJson } from '../kernel/strict-json.js';

/** The content of a JSON file, or why the file cannot be used. */
export type JsonFile =
  | { readonly kind: 'json'; readonly value: unknown }
  /** The code of the error that prevented it, such as ENOENT. */
  | { readonly kind: 'unreadable'; readonly code: string }
  /** Each detail completes "the file ..."; none quotes the content. */
  | { readonly kind: 'unusable'; readonly faults: readonly InputFault[] };

/** Reads a file strictly: `JSON.parse` would silently take the last of two members with one name. */
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

/** On Windows the mode of a file says nothing about other users. */
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
