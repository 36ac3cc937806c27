import { AccessVariables } from './access-variables.js';
import { DataverseVariables } from './dataverse-variables.js';
import { DeliveryVariables } from './delivery-variables.js';
import { HttpVariables } from './http-variables.js';
import { OperationsVariables } from './operations-variables.js';
import { ReceiptsVariables } from './receipts-variables.js';
import { RetentionVariables } from './retention-variables.js';
import { StoreVariables } from './store-variables.js';

/**
 * Every setting by the name of its environment variable, as a value but not yet in the form that features need: they
 * get their slice of `GatewaySettings`. An absent setting without a default is null.
 */
export type Variables = HttpVariables &
  StoreVariables &
  DataverseVariables &
  DeliveryVariables &
  ReceiptsVariables &
  RetentionVariables &
  AccessVariables &
  OperationsVariables;

/** The sections of `.env.example` and docs/settings.md, in their order. */
export const SECTIONS = [
  { title: 'HTTP', variables: HttpVariables },
  { title: 'Store', variables: StoreVariables },
  { title: 'Dataverse', variables: DataverseVariables },
  { title: 'Delivery', variables: DeliveryVariables },
  { title: 'Receipts', variables: ReceiptsVariables },
  { title: 'Retention', variables: RetentionVariables },
  { title: 'Access', variables: AccessVariables },
  { title: 'Operations', variables: OperationsVariables },
] as const;
