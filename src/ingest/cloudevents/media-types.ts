/** Structured mode: one CloudEvent in the JSON format. */
export const CLOUD_EVENT = 'application/cloudevents+json';
/** Batched mode: a list of CloudEvents. */
export const CLOUD_EVENT_BATCH = 'application/cloudevents-batch+json';
/** Binary mode: the body is the content alone, the attributes are headers. */
export const CONTENT = 'application/json';
