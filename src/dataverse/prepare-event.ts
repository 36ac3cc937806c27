import { customApiFor } from '../contract/custom-api.js';
import type { EventCatalog } from '../contract/event-catalog.js';
import type { AttemptReport } from '../delivery/destination.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import { encodeParameters } from './encode-parameters.js';
import { NotEncodableError } from './not-encodable.error.js';
import { unexpected } from './unexpected.js';
import type { Invocation } from './web-api.js';

/** An event ready to be sent, or the outcome of its attempt because it cannot be sent. */
export type PreparedEvent =
  | { readonly kind: 'sendable'; readonly invocation: Invocation }
  | { readonly kind: 'unsendable'; readonly report: AttemptReport };

/** Makes calls of custom APIs from events. Never throws: a fault of one event must not affect another. */
export function preparing(catalog: EventCatalog, publisherPrefix: string): (event: ClaimedEvent) => PreparedEvent {
  const targets = new Map(
    catalog.definitions.map((definition) => {
      const { uniqueName: customApi } = customApiFor(definition, publisherPrefix);
      return [definition.type, { definition, customApi }];
    }),
  );
  return (event) => {
    const target = targets.get(event.type);
    if (target === undefined) return unsendable('no event definition of this type is loaded');
    const { definition, customApi } = target;
    const { id: tag, traceparent } = event;
    try {
      const parameters = encodeParameters(definition, event);
      return { kind: 'sendable', invocation: { customApi, parameters, tag, traceparent } };
    } catch (error) {
      return error instanceof NotEncodableError
        ? unsendable(`the event cannot be encoded: ${error.message}`)
        : { kind: 'unsendable', report: unexpected(error) };
    }
  };
}

function unsendable(detail: string): PreparedEvent {
  const outcome = { kind: 'misconfigured', scope: 'type' } as const;
  const report = { outcome, httpStatus: null, errorCode: null, detail, serviceRequestId: null, hints: null };
  return { kind: 'unsendable', report };
}
