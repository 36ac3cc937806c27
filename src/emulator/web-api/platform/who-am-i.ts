import { jsonAnswer } from '../odata-answer.js';
import { serviceRootOf } from '../tables/table-request.js';
import type { PlatformOperation } from './platform-operation.js';

/** Who calls, and where. */
export const WHO_AM_I: PlatformOperation = {
  name: 'WhoAmI',
  kind: 'function',
  boundTo: null,
  run: ({ work, operation, organization: { tables } }) =>
    jsonAnswer({
      '@odata.context': `${serviceRootOf(work, operation)}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: tables.find('systemuser', work.user.userId)?.businessunitid ?? null,
      UserId: work.user.userId,
      OrganizationId: tables.rows('organization')[0]?.organizationid ?? null,
    }),
};
