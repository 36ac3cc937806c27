import { randomUUID } from 'node:crypto';
import { ORGANIZATION_ID, ROOT_BUSINESS_UNIT_ID } from '../tables/seeds/well-known-ids.js';
import type { Tables } from '../tables/tables.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { CommittedCall } from './committed-call.js';
import { NO_ID } from './context/contracts.js';
import type { ContextUser, RaisedMessage } from './context/remote-execution-context.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What all steps of a call are told: its parameters, its caller, and the ids that the platform gives it. */
export function messageOf(call: CommittedCall, tables: Tables, points: UnconfirmedPoints): RaisedMessage {
  return {
    name: call.api.uniqueName,
    parameters: call.api.requestParameters,
    input: call.input,
    tag: call.tag,
    correlationId: randomUUID(),
    requestId: requestIdOf(call, points),
    initiatingUser: contextUser(call.userId, tables),
    organization: { id: ORGANIZATION_ID, name: `${tables.find('organization', ORGANIZATION_ID)?.name ?? ''}` },
    primaryEntityName: points.globalApiEntityName,
    userAgent: points.contextUserAgent ? (call.header('user-agent') ?? '') : null,
    hasParent: points.contextParent === 'main-operation',
  };
}

/** A user by its row. */
export function contextUser(id: string, tables: Tables): ContextUser {
  const row = tables.find('systemuser', id);
  return {
    id,
    businessUnitId: `${row?.businessunitid ?? ROOT_BUSINESS_UNIT_ID}`,
    azureObjectId: `${row?.azureactivedirectoryobjectid ?? NO_ID}`,
  };
}

function requestIdOf({ header }: CommittedCall, { contextRequestId }: UnconfirmedPoints): string | null {
  if (contextRequestId === 'null') return null;
  const given = contextRequestId === 'client' ? header('x-ms-client-request-id') : undefined;
  return given !== undefined && GUID.test(given) ? given.toLowerCase() : randomUUID();
}
