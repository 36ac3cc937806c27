import type { InputFault } from '../../kernel/input-fault.js';
import type { JsonBody } from '../../kernel/strict-json.js';

/**
 * A CloudEvent as it arrived, the same in every mode. Pointers are those of its structured form: `/source` is an
 * attribute, `/data/storeId` a field of its content.
 */
export interface ReceivedCloudEvent {
  /** Attributes by name: texts in binary mode, any JSON value in structured mode; never null, for null means unset. */
  readonly attributes: ReadonlyMap<string, unknown>;
  readonly data: ReceivedData;
  /** Faults of its text: names given twice, headers that cannot be decoded. */
  readonly faults: readonly InputFault[];
  /** Whether it arrived as more bytes than an event may have, so that its content has to be measured. */
  readonly isLarge: boolean;
}

/** The content a CloudEvent brings; whether that is a valid event is judged later. */
export type ReceivedData =
  /** Pointers of its faults are relative to the content. */
  | { readonly kind: 'json'; readonly json: JsonBody }
  /** No content could be read; `fault` says why. */
  | { readonly kind: 'none'; readonly fault: InputFault };
