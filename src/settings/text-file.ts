import { readFileSync } from 'node:fs';

/** The content of a file, or the code of the error that prevented reading it (ENOENT, EACCES, EISDIR). */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly code: string };

/**
 * Reads a file that a setting names. The answer does not contain the path: somebody may have put a secret there by
 * mistake.
 */
export function readTextFile(path: string): TextFile {
  try {
    return { kind: 'text', text: readFileSync(path, 'utf8') };
  } catch (error) {
    return { kind: 'unreadable', code: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}
