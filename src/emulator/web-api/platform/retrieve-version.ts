import { jsonAnswer } from '../odata-answer.js';
import { serviceRootOf } from '../tables/table-request.js';
import type { PlatformOperation } from './platform-operation.js';

/** The version of the platform; a number as current environments have it. */
export const RETRIEVE_VERSION: PlatformOperation = {
  name: 'RetrieveVersion',
  kind: 'function',
  boundTo: null,
  run: ({ work, operation }) =>
    jsonAnswer({
      '@odata.context': `${serviceRootOf(work, operation)}/$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse`,
      Version: '9.2.25111.00100',
    }),
};
