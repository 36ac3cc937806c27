/** Structured mode: one CloudEvent in the JSON format. */
export const CLOUD_EVENT = 'application/cloudevents+json';
/** Batched mode: a list of them. */
export const CLOUD_EVENT_BATCH = 'application/cloudevents-batch+json';
/** Binary mode: the content alone, its attributes are headers. */
export const CONTENT = 'application/json';
