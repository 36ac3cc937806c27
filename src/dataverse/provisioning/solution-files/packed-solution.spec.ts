import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { packedSolution } from './packed-solution.js';
import type { SolutionIdentity } from './solution-identity.js';
import { unpackedSolution } from './unpacked-solution.js';

const WISHED = {
  prefix: 'contoso',
  solution: 'Shop',
  catalogs: [
    {
      uniqueName: 'contoso_Shop',
      name: 'Shop',
      displayName: 'Shop',
      description: 'A shop.',
      isDescribed: false,
      parent: null,
    },
  ],
  customApis: [],
};

const IDENTITY: SolutionIdentity = {
  uniqueName: 'Shop',
  displayName: 'Shop & Co',
  version: '1.2.3.4',
  languageCode: 1033,
  publisher: { uniqueName: 'contoso', displayName: 'Contoso', prefix: 'contoso', optionValuePrefix: 10_000 },
};

describe('a packed solution', () => {
  it('has the three files an import asks for, and the components', () => {
    expect(Object.keys(unzipSync(packedSolution(WISHED, IDENTITY, 'unmanaged')))).toEqual([
      '[Content_Types].xml',
      'solution.xml',
      'customizations.xml',
      'catalogs/contoso_Shop/catalog.xml',
    ]);
  });

  it('has the same bytes each time', () => {
    const [one, two] = [packedSolution(WISHED, IDENTITY, 'managed'), packedSolution(WISHED, IDENTITY, 'managed')];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });

  it.each([
    ['unmanaged', '<Managed>0</Managed>'],
    ['managed', '<Managed>1</Managed>'],
  ] as const)('says that it is %s', (packageType, element) => {
    const files = unzipSync(packedSolution(WISHED, IDENTITY, packageType));
    expect(strFromU8(files['solution.xml'] ?? new Uint8Array())).toContain(element);
  });
});

describe('an unpacked solution', () => {
  const manifest = unpackedSolution(WISHED, IDENTITY).find(({ path }) => path === 'Other/Solution.xml')?.text;

  it('can be packed as managed and as unmanaged', () => {
    expect(manifest).toContain('<Managed>2</Managed>');
  });

  it('says what it is and whose', () => {
    expect(manifest).toContain('<UniqueName>Shop</UniqueName>');
    expect(manifest).toContain('<LocalizedName description="Shop &amp; Co" languagecode="1033"/>');
    expect(manifest).toContain('<Version>1.2.3.4</Version>');
    expect(manifest).toContain('<CustomizationPrefix>contoso</CustomizationPrefix>');
    expect(manifest).toContain('<CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix>');
  });

  it('names no root components, whose types differ between environments', () => {
    expect(manifest).toContain('<RootComponents/>');
  });
});
