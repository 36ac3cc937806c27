import { wantedAnnotations } from './annotations.js';

/** What a client asks for in `Prefer`. */
export interface Preferences {
  readonly wants: (annotation: string) => boolean;
  /** Whether a write is answered with the row it made. */
  readonly representation: boolean;
  /** How many rows a page holds; 5000 where nothing is said, and never more. */
  readonly pageSize: number;
  /** Whether the client asks for pages. */
  readonly paged: boolean;
  /** `Preference-Applied`, or null where none was applied. */
  readonly applied: string | null;
}

const MAX_PAGE = 5000;

export function readPreferences(prefer: string): Preferences {
  const annotations = /odata\.include-annotations\s*=\s*(?:"[^"]*"|[^,;\s]+)/i.exec(prefer)?.[0];
  const size = /odata\.maxpagesize\s*=\s*(\d+)/i.exec(prefer);
  const representation = /(?:^|[,;\s])return=representation(?:$|[,;\s])/i.exec(prefer);
  const applied = [annotations, size?.[0], representation === null ? undefined : 'return=representation'];
  const told = applied.filter((preference) => preference !== undefined);
  return {
    wants: wantedAnnotations(annotations ?? ''),
    representation: representation !== null,
    pageSize: Math.min(Math.max(Number(size?.[1] ?? MAX_PAGE), 1), MAX_PAGE),
    paged: size !== null,
    applied: told.length === 0 ? null : told.join(','),
  };
}
