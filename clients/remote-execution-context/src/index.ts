export { decimalOf } from './context/decimal-of.js';
export { eventIdOf } from './context/event-id-of.js';
export { isStripped } from './context/is-stripped.js';
export { MalformedContextError } from './context/malformed-context.error.js';
export { ofKind } from './context/of-kind.js';
export { type JsonValue, plainValue } from './context/plain-value.js';
export { readContext } from './context/read-context.js';
export type { RemoteExecutionContext } from './context/remote-execution-context.js';
export { type Carrier, saysStripped } from './context/says-stripped.js';
export { type CloudEvent, type CloudEventOptions, toCloudEvent } from './context/to-cloud-event.js';
export type {
  AliasedValue,
  DateTime,
  Dictionary,
  Entity,
  EntityCollection,
  EntityReference,
  ExactNumber,
  MarkedObject,
  Money,
  OptionSetValue,
  RelatedEntities,
  Relationship,
  UnknownObject,
  Value,
  WireForm,
  WireObject,
} from './context/value.js';
export { writeContext } from './context/write-context.js';
