import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

/**
 * Packs an unpacked folder in the way of `pac solution pack`, as far as it matters to these components: manifests go to
 * the root under lower-case names, the manifest says the type of the package, all else goes in as it stands.
 */
export async function packFolder(folder: string, packageType: 'unmanaged' | 'managed'): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, Uint8Array> = { '[Content_Types].xml': strToU8(CONTENT_TYPES) };
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const path = join(parentPath, name).slice(folder.length + 1);
    const text = await readFile(join(parentPath, name), 'utf8');
    if (path === 'Other/Solution.xml') files['solution.xml'] = strToU8(withType(text, packageType));
    else if (path === 'Other/Customizations.xml') files['customizations.xml'] = strToU8(text);
    else if (path !== 'Other/Relationships.xml') files[path] = strToU8(text);
  }
  return Buffer.from(zipSync(files));
}

const CONTENT_TYPES =
  '<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/octet-stream" /></Types>';

function withType(manifest: string, packageType: 'unmanaged' | 'managed'): string {
  if (!manifest.includes('<Managed>2</Managed>')) throw new Error('the folder is not one for both types of packages');
  return manifest.replace('<Managed>2<', packageType === 'managed' ? '<Managed>1<' : '<Managed>0<');
}
