import type { Finding } from '../change.js';
import type { Comparison } from '../compare/compare.js';
import type { CatalogComparison } from '../compare/compare-catalogs.js';
import { movedCatalog } from '../plan/plan-catalogs.js';
import { findingsOfApi } from './findings-of-api.js';
import { findingsOfColumns, type Subject } from './findings-of-columns.js';

/** Everything that is not as `apply` would make it, catalogs first; tolerated differences included. */
export function findingsFor({ catalogs, customApis }: Comparison): readonly Finding[] {
  return [...catalogs.flatMap(findingsOfCatalog), ...customApis.flatMap(findingsOfApi)];
}

function findingsOfCatalog(comparison: CatalogComparison): readonly Finding[] {
  const { wished, deployed, differences, place } = comparison;
  const subject: Subject = { component: 'catalog', name: wished.uniqueName, type: null };
  if (place === 'elsewhere') return [{ ...movedCatalog(comparison), severity: 'differing' }];
  // Reported with the catalog above it.
  if (place === 'below-elsewhere') return [];
  if (deployed !== null) return findingsOfColumns(subject, differences);
  const what = `The catalog ${wished.uniqueName} ("${wished.name}") does not exist`;
  const why = 'makers find events in Power Automate by catalog and category alone';
  return [{ ...subject, severity: 'differing', what, why, advice: '`dataverse apply` creates it' }];
}
