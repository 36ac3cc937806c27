/** The package's door: what a sender needs, and nothing of how it is done. */
export {
  type ClientOptions,
  type EventType,
  GatewayClient,
  type GetEventOptions,
  type Publication,
  type PublishOptions,
} from './gateway-client.js';
export type { EventContents } from './generated/event-types.js';
export { InterruptedBatchError } from './interrupted-batch.error.js';
export type { ItemResult } from './item-result.js';
export { NoAnswerError } from './no-answer.error.js';
export { type InputFault, type Problem, ProblemError } from './problem.error.js';
export type { CallOptions } from './transport.js';
