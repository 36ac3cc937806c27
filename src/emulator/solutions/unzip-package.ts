import { unzipSync } from 'fflate';
import { importRefused } from './refusals.js';

/** A package's files as text, by their paths with `/`. */
export type PackageFiles = ReadonlyMap<string, string>;

/** A larger package, unpacked, is no solution of business events. */
const MAX_BYTES = 64 * 1024 * 1024;

const REQUIRED = ['solution.xml', 'customizations.xml', '[Content_Types].xml'];

/**
 * Unzips a package. Throws `ImportRefusedError` for anything that is no zip, or lacks one of the files that every
 * package has.
 */
export function unzipPackage(bytes: Uint8Array): PackageFiles {
  const files = new Map(Object.entries(unzipped(bytes)).map(([path, content]) => [slashed(path), textOf(content)]));
  if (REQUIRED.some((path) => !files.has(path))) throw importRefused.badZip();
  return files;
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  let room = MAX_BYTES;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        room -= originalSize;
        if (room < 0) throw new RangeError('the package is too large');
        return name.endsWith('.xml');
      },
    });
  } catch {
    throw importRefused.badZip();
  }
}

/** Packers on Windows write backslashes. */
function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function textOf(content: Uint8Array): string {
  return new TextDecoder().decode(content);
}
