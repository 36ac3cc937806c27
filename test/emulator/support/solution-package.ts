import { strToU8, zipSync } from 'fflate';
import type { Client, Reply } from './client.js';

/** The files of a package by path; null leaves one of the usual ones out. */
export type PackageChanges = Readonly<Record<string, string | null>>;

/** A package in the forms that Microsoft's documentation shows: one custom API in a category, with one parameter. */
export function packageOf(changes: PackageChanges = {}): Buffer {
  const files: PackageChanges = { ...USUAL, ...changes };
  const entries = Object.entries(files).flatMap(([path, text]) =>
    text === null ? [] : [[path, strToU8(text)] as const],
  );
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

/** `solution.xml` of the usual package, with something else in it. */
export function manifestWith(from: string, to: string): string {
  const manifest = USUAL['solution.xml'];
  if (!manifest.includes(from)) throw new Error(`the manifest does not hold ${from}`);
  return manifest.replace(from, to);
}

/** Sends a package as `ImportSolution`. */
export function importPackage(
  client: Client,
  zip: Buffer,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Reply> {
  return client.call('ImportSolution', JSON.stringify({ ...importParameters(zip), ...changes }));
}

/** What `ImportSolution` has to be told. */
export function importParameters(zip: Buffer): Readonly<Record<string, unknown>> {
  return {
    CustomizationFile: zip.toString('base64'),
    ImportJobId: 'aaaaaaaa-0000-4000-8000-000000000001',
    OverwriteUnmanagedCustomizations: true,
    PublishWorkflows: true,
  };
}

export const CUSTOM_API = 'customapis/contoso_OnSale/customapi.xml';
export const PARAMETER = 'customapis/contoso_OnSale/customapirequestparameters/OrderId/customapirequestparameter.xml';
export const PROPERTY = 'customapis/contoso_OnSale/customapiresponseproperties/Total/customapiresponseproperty.xml';
export const CATEGORY = 'catalogs/contoso_Shop_Sales/catalog.xml';
export const ASSIGNMENTS = 'Assets/catalogassignments.xml';

/** An element with a text in the organization's language. */
export function labelled(name: string, text: string): string {
  return `<${name} default="${text}"><label description="${text}" languagecode="1033" /></${name}>`;
}

export const USUAL = {
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="text/xml" /></Types>',
  'customizations.xml':
    '<ImportExportXml><Entities /><Roles /><Languages><Language>1033</Language></Languages></ImportExportXml>',
  'solution.xml': `<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml version="9.2.24015.196" SolutionPackageVersion="9.2" languagecode="1033" generatedBy="CrmLive" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <SolutionManifest>
    <UniqueName>Shop</UniqueName>
    <LocalizedNames><LocalizedName description="The shop" languagecode="1033" /></LocalizedNames>
    <Descriptions />
    <Version>1.0.0.1</Version>
    <Managed>0</Managed>
    <Publisher>
      <UniqueName>contoso</UniqueName>
      <LocalizedNames><LocalizedName description="Contoso" languagecode="1033" /></LocalizedNames>
      <Descriptions />
      <EMailAddress xsi:nil="true"></EMailAddress>
      <CustomizationPrefix>contoso</CustomizationPrefix>
      <CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix>
    </Publisher>
    <RootComponents />
    <MissingDependencies />
  </SolutionManifest>
</ImportExportXml>`,
  'catalogs/contoso_Shop/catalog.xml': `<catalog uniquename="contoso_Shop">${labelled('description', 'A shop')}${labelled('displayname', 'Shop')}<iscustomizable>0</iscustomizable><name>Shop</name></catalog>`,
  [CATEGORY]: `<catalog uniquename="contoso_Shop_Sales">${labelled('description', 'Sales')}${labelled('displayname', 'Sales')}<name>Sales</name><parentcatalogid><uniquename>contoso_Shop</uniquename></parentcatalogid></catalog>`,
  [CUSTOM_API]: `<customapi uniquename="contoso_OnSale">
  <allowedcustomprocessingsteptype>1</allowedcustomprocessingsteptype>
  <bindingtype>0</bindingtype>
  <boundentitylogicalname />
  ${labelled('description', 'Something was sold')}
  ${labelled('displayname', 'On Sale')}
  <iscustomizable>0</iscustomizable>
  <executeprivilegename />
  <isfunction>0</isfunction>
  <isprivate>0</isprivate>
  <name>contoso_OnSale</name>
  <plugintypeid />
</customapi>`,
  [PARAMETER]: `<customapirequestparameter uniquename="OrderId">
  ${labelled('description', 'The order')}
  ${labelled('displayname', 'Order Id')}
  <iscustomizable>0</iscustomizable>
  <isoptional>0</isoptional>
  <logicalentityname />
  <name>contoso_OnSale.OrderId</name>
  <type>10</type>
</customapirequestparameter>`,
  [ASSIGNMENTS]: `<catalogassignments>
  <catalogassignment catalogid.uniquename="contoso_Shop_Sales" object.uniquename="contoso_OnSale" objectidtype="customapi">
    <iscustomizable>0</iscustomizable>
    <name>On Sale</name>
  </catalogassignment>
</catalogassignments>`,
} as const;
