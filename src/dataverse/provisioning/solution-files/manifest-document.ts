import type { PackageType, SolutionIdentity, SolutionPublisher } from './solution-identity.js';
import { type XmlContent, xmlDocument } from './xml-document.js';

/**
 * `solution.xml`. Custom APIs, catalogs and assignments are no root components: their component types differ between
 * environments, and an import finds them by their folders. Source of the form: `pac solution init` and public folders
 * that it cloned. Source for the missing root components: the walkthrough in learn.microsoft.com, "Create a custom API
 * with solution files", and exported solutions.
 */
export function manifestDocument(identity: SolutionIdentity, packageType: PackageType): string {
  const { languageCode, uniqueName, displayName, version, publisher } = identity;
  return xmlDocument({
    ImportExportXml: {
      '@version': '9.2.0.0',
      '@SolutionPackageVersion': '9.2',
      '@languagecode': languageCode,
      '@generatedBy': 'CrmLive',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      SolutionManifest: {
        UniqueName: uniqueName,
        LocalizedNames: localizedName(displayName, languageCode),
        Descriptions: null,
        Version: version,
        Managed: MANAGED[packageType],
        Publisher: publisherElement(publisher, languageCode),
        RootComponents: null,
        MissingDependencies: null,
      },
    },
  });
}

/** As the packager numbers them: a folder with 0 cannot be packed as managed. */
const MANAGED: Readonly<Record<PackageType, number>> = { unmanaged: 0, managed: 1, both: 2 };

function publisherElement(publisher: SolutionPublisher, languageCode: number): XmlContent {
  return {
    UniqueName: publisher.uniqueName,
    LocalizedNames: localizedName(publisher.displayName, languageCode),
    Descriptions: null,
    EMailAddress: NIL,
    SupportingWebsiteUrl: NIL,
    CustomizationPrefix: publisher.prefix,
    CustomizationOptionValuePrefix: publisher.optionValuePrefix,
    Addresses: { Address: [address(1), address(2)] },
  };
}

function localizedName(name: string, languageCode: number): XmlContent {
  return { LocalizedName: { '@description': name, '@languagecode': languageCode } };
}

const NIL = { '@xsi:nil': 'true' };

/** Every publisher has two addresses, even if they are empty. */
function address(number: number): XmlContent {
  const elements = ADDRESS.map((name) => [name, name === 'ShippingMethodCode' ? 1 : NIL] as const);
  return { AddressNumber: number, AddressTypeCode: 1, ...Object.fromEntries(elements) };
}

const ADDRESS = [
  'City',
  'County',
  'Country',
  'Fax',
  'FreightTermsCode',
  'ImportSequenceNumber',
  'Latitude',
  'Line1',
  'Line2',
  'Line3',
  'Longitude',
  'Name',
  'PostalCode',
  'PostOfficeBox',
  'PrimaryContactName',
  'ShippingMethodCode',
  'StateOrProvince',
  'Telephone1',
  'Telephone2',
  'Telephone3',
  'TimeZoneRuleVersionNumber',
  'UPSZone',
  'UTCOffset',
  'UTCConversionTimeZoneCode',
];
