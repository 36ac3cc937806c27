import { describe, expect, it } from '@jest/globals';
import { claimedManifest, claimedPaths } from './claimed-manifest.js';

const MANIFEST = '<?xml version="1.0" encoding="utf-8"?>\n<ImportExportXml/>\n';

describe('a claimed manifest', () => {
  const claimed = claimedManifest(MANIFEST, ['b/b.xml', 'a/a.xml']);

  it('gives back what it claims', () => {
    expect(claimedPaths(claimed)).toEqual(['a/a.xml', 'b/b.xml']);
  });

  it('is the manifest with a comment after the declaration', () => {
    expect(claimed.replace(/<!--.*?-->\n/s, '')).toBe(MANIFEST);
  });

  it('survives a checkout with CRLF', () => {
    expect(claimedPaths(claimed.replaceAll('\n', '\r\n'))).toEqual(['a/a.xml', 'b/b.xml']);
  });

  it('is nothing that others write', () => {
    expect(claimedPaths(MANIFEST)).toBeNull();
    expect(claimedPaths('')).toBeNull();
  });
});
