import type { CustomApi, RequestParameter } from '../../../src/contract/custom-api.js';
import { ParameterType } from '../../../src/contract/parameter-type.js';

/** A custom API with two required parameters and two that may be left out. */
export const PURCHASE: CustomApi = customApi('contoso_CustomerPurchase', [
  parameter('EventId', ParameterType.Guid),
  parameter('TotalAmount', ParameterType.Money),
  parameter('Note', ParameterType.String, { isOptional: true }),
  parameter('ContactId', ParameterType.EntityReference, { isOptional: true, logicalEntityName: 'contact' }),
]);

/** A body that `PURCHASE` takes; the amount's last zero is part of it. */
export const PURCHASE_BODY = '{"EventId":"0199d1a2-0000-7000-8000-000000000001","TotalAmount":24.850}';

/** A custom API as the platform knows it. */
export function customApi(uniqueName: string, requestParameters: readonly RequestParameter[]): CustomApi {
  return { uniqueName, displayName: uniqueName, description: 'For tests.', requestParameters };
}

/** A required request parameter, unless told otherwise. */
export function parameter(
  uniqueName: string,
  type: RequestParameter['type'],
  more: Partial<RequestParameter> = {},
): RequestParameter {
  const texts = { uniqueName, displayName: uniqueName, description: 'For tests.' };
  return { ...texts, type, isOptional: false, logicalEntityName: null, ...more };
}
