import { ImportRefusedError } from './import-refused.error.js';

/**
 * The reasons for refusing an import, with codes and messages of Dataverse's error list (`ErrorCodes.Import*` of its
 * SDK). That the Web API answers 400 with them is inferred.
 */
export const importRefused = {
  badZip: () =>
    refused(
      '0x80048060',
      'The solution file is invalid. The compressed file must contain the following files at its root: solution.xml, customizations.xml, and [Content_Types].xml. Customization files exported from previous versions of Microsoft Dynamics 365 are not supported.',
    ),
  notWellFormed: (path: string, why: string) =>
    refused('0x80048013', `Invalid customization file. This file is not well formed. ${path}: ${why}`),
  invalid: (path: string, why: string) =>
    refused(
      '0x8004801a',
      `The import file is invalid. XSD validation failed with the following error: '${why}'. The validation failed at: '${path}'.`,
    ),
  systemSolution: () => refused('0x80048046', 'System solution cannot be imported.'),
  managedOverUnmanaged: () =>
    refused(
      '0x80048040',
      'The solution is already installed on this system as an unmanaged solution and the package supplied is attempting to install it in managed mode. Import can only update solutions when the modes match. Uninstall the current solution and try again.',
    ),
  unmanagedOverManaged: () =>
    refused(
      '0x80048041',
      'The solution is already installed on this system as a managed solution and the package supplied is attempting to install it in unmanaged mode. Import can only update solutions when the modes match. Uninstall the current solution and try again.',
    ),
  wrongPublisher: (solution: string, installed: string, supplied: string) =>
    refused(
      '0x8004801c',
      `The following managed solution cannot be imported: ${solution}. The publisher name cannot be changed from ${installed} to ${supplied}.`,
    ),
  missingDependency: (solution: string, what: string) =>
    refused(
      '0x8004801d',
      `The following solution cannot be imported: ${solution}. Some dependencies are missing. ${what}`,
    ),
  missingComponent: (name: string, type: string) =>
    refused(
      '0x8004801f',
      `Cannot add a Root Component ${name} of type ${type} because it is not in the target system.`,
    ),
  /** The emulator's own: an organization would import it. */
  notEmulated: (what: string) =>
    refused(
      '0x80048033',
      `An error occurred while importing a Solution. The emulator imports custom APIs, catalogs and catalog assignments, and not ${what}.`,
    ),
  /** The code is that of a failed import; that it is also used for a lower version is inferred. */
  lowerVersion: (solution: string, installed: string, supplied: string) =>
    refused(
      '0x80048033',
      `An error occurred while importing a Solution. ${solution} is installed in version ${installed}, and the package is version ${supplied}.`,
    ),
};

function refused(code: string, message: string): ImportRefusedError {
  return new ImportRefusedError({ status: 400, code, message });
}
