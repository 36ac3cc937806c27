import rhea, { type Message } from 'rhea';
import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { PostFacts } from '../endpoint-post.js';
import type { FittedContext } from '../strip-context.js';

/** What the properties' names begin with. Source: "Write a listener for a Microsoft Azure solution" and its samples. */
const CLAIMS = 'http://schemas.microsoft.com/xrm/2011/Claims/';

/** The message Dataverse makes of a context in the JSON format. */
export function busMessage(
  { text, stripped }: FittedContext,
  { organization, userId, initiatingUserId, requestName, correlationId }: PostFacts,
  { webhookEntityName }: Pick<UnconfirmedPoints, 'webhookEntityName'>,
): Message {
  return {
    content_type: 'application/json',
    correlation_id: correlationId,
    application_properties: {
      [`${CLAIMS}Organization`]: `https://${organization}/`,
      [`${CLAIMS}User`]: userId,
      [`${CLAIMS}InitiatingUser`]: initiatingUserId,
      ...(webhookEntityName === null ? {} : { [`${CLAIMS}EntityLogicalName`]: webhookEntityName }),
      [`${CLAIMS}RequestName`]: requestName,
      ...(stripped ? { MessageMaxSizeExceeded: true } : {}),
    },
    body: rhea.message.data_section(Buffer.from(text)),
  };
}
