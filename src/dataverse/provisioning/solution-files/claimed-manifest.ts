/**
 * The manifest of an unpacked folder, which lists the export's files in a comment: so the next export knows which files
 * are its own, to replace and remove, and which are somebody else's. Packers ignore comments.
 */
export function claimedManifest(manifest: string, paths: readonly string[]): string {
  const lines = [...paths].sort().map((path) => `  ${path}\n`);
  return manifest.replace('?>\n', () => `?>\n${BEGINNING}${lines.join('')}${END}`);
}

/** The paths that a manifest claims; null for a manifest that no export has written. */
export function claimedPaths(manifest: string): readonly string[] | null {
  const [, claim] = manifest.replaceAll('\r\n', '\n').split(BEGINNING);
  const [lines] = claim?.split(END) ?? [];
  return lines?.trim().split(/\n +/) ?? null;
}

const BEGINNING =
  '<!-- Written by "business-events-gateway dataverse export", which replaces and removes these files:\n';
const END = '-->\n';
