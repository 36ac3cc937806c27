import type { ComponentKind } from '../../dataverse/provisioning/change.js';

/** What components are called in what people read. */
export const COMPONENT_WORDS: Readonly<Record<ComponentKind, string>> = {
  publisher: 'publisher',
  privilege: 'privilege',
  solution: 'solution',
  catalog: 'catalog',
  'custom-api': 'custom API',
  'request-parameter': 'parameter',
  'response-property': 'response property',
  'catalog-assignment': 'assignment',
  'service-endpoint': 'service endpoint',
  step: 'step',
  'system-job': 'system job',
  flow: 'flow',
  'plug-in-type': 'plug-in type',
};
