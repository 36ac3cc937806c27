import { dictionaryOf } from './dictionary-codec.js';
import { ENTITY, ENTITY_REFERENCE, VALUE, VALUES } from './model-codecs.js';
import { ObjectCodec } from './object-codec.js';
import { DATE, FLAG, orNull, TEXT, WHOLE_NUMBER } from './plain-codecs.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';

const text = orNull(TEXT);
const whole = orNull(WHOLE_NUMBER);
const flag = orNull(FLAG);
const images = orNull(dictionaryOf(ENTITY, VALUE));

/** A context, and the contexts it ran within. */
export const CONTEXT: ObjectCodec<RemoteExecutionContext> = new ObjectCodec<RemoteExecutionContext>({
  kind: 'RemoteExecutionContext',
  codecs: {
    businessUnitId: text,
    correlationId: text,
    depth: whole,
    initiatingUserAgent: text,
    initiatingUserAzureActiveDirectoryObjectId: text,
    initiatingUserId: text,
    inputParameters: orNull(VALUES),
    isExecutingOffline: flag,
    isInTransaction: flag,
    isOfflinePlayback: flag,
    isolationMode: whole,
    messageName: TEXT,
    mode: whole,
    operationCreatedOn: orNull(DATE),
    operationId: text,
    organizationId: text,
    organizationName: text,
    outputParameters: VALUES,
    owningExtension: orNull(ENTITY_REFERENCE),
    parentContext: orNull({
      read: (source) => CONTEXT.read(source),
      write: (context: RemoteExecutionContext) => CONTEXT.write(context),
    }),
    postEntityImages: images,
    preEntityImages: images,
    primaryEntityId: text,
    primaryEntityName: text,
    requestId: text,
    secondaryEntityName: text,
    sharedVariables: VALUES,
    stage: whole,
    userAzureActiveDirectoryObjectId: text,
    userId: text,
  },
  others: VALUE,
});
