import { mayPublish, type Principal } from '../../access/principal.js';
import { canonicalJson } from '../../contract/canonical-json.js';
import { EVENT_BYTES } from '../../contract/event-bytes.js';
import type { EventCatalog } from '../../contract/event-catalog.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { invalidInput } from '../../http/invalid-input.js';
import { ProblemError } from '../../http/problem.error.js';
import { continueTrace } from '../../http/trace-context.js';
import type { InputFault } from '../../kernel/input-fault.js';
import { type ContentReader, contentReaderFor } from '../content-reader.js';
import type { ReadItem } from '../prepare-item.js';
import type { Submission } from '../seal.js';
import { attributeFaults } from './attribute-faults.js';
import { eventTypeWord } from './event-type-word.js';
import { readContent } from './read-content.js';
import type { ReceivedCloudEvent } from './received-cloud-event.js';
import type { Sender } from './sender.js';

/** An event type that a CloudEvent can name. */
interface KnownType {
  readonly definition: EventDefinition;
  readonly readContent: ContentReader;
}

/**
 * Turns CloudEvents of any mode into submissions, by the same rules as the typed endpoints; the content is one level
 * deeper.
 */
export class CloudEventReader {
  private readonly types: ReadonlyMap<string, KnownType>;

  constructor({ definitions }: EventCatalog) {
    this.types = new Map(
      definitions.map((definition) => [definition.type, { definition, readContent: contentReaderFor(definition) }]),
    );
  }

  /** The submission, or the problem: the one that `receive` throws, or one that names every fault at once. */
  read(receive: () => ReceivedCloudEvent, sender: Sender): ReadItem {
    let type = 'unknown';
    try {
      const received = receive();
      const known = this.types.get(eventTypeWord(textOf(received, 'type') ?? '') ?? '') ?? null;
      type = known?.definition.type ?? type;
      return submissionOf(received, known, sender);
    } catch (error) {
      if (error instanceof ProblemError) return { type, problem: error };
      throw error;
    }
  }
}

function submissionOf(received: ReceivedCloudEvent, known: KnownType | null, sender: Sender): Submission {
  const ofText = new Set(received.faults.map(({ pointer }) => pointer));
  const ofAttributes = attributeFaults(received.attributes).filter(({ pointer }) => !ofText.has(pointer));
  const faults = [...received.faults, ...ofAttributes];
  if (known === null) throw unknownType(faults);
  requirePermission(sender.principal, known.definition);
  const { content, faults: ofContent } = readContent(received.data, textOf(received, 'time'), known.readContent);
  const [source, id] = [textOf(received, 'source'), textOf(received, 'id')];
  const all = [...faults, ...ofContent];
  if (content === null || source === null || id === null || all.length > 0) throw invalid(all);
  if (received.isLarge) requireSize(content);
  const identity = { kind: 'cloudevents', source, id } as const;
  const { client } = sender.principal;
  return { definition: known.definition, content, client, identity, traceparent: traceOf(received, sender) };
}

/**
 * Where no definition fits, nothing can be said about the content. A missing type is reported like other missing
 * attributes.
 */
function unknownType(faults: readonly InputFault[]): ProblemError {
  if (faults.some(({ pointer }) => pointer === '/type')) return invalid(faults);
  return new ProblemError('unknown-event-type', 'The type names no event type of this gateway; see /v1/event-types.', {
    errors: [{ pointer: '/type', detail: 'names no event type of this gateway' }, ...faults],
  });
}

function requirePermission(principal: Principal, { type }: EventDefinition): void {
  if (!mayPublish(principal, type)) throw new ProblemError('forbidden', `This client may not publish ${type}.`);
}

function invalid(errors: readonly InputFault[]): ProblemError {
  return invalidInput('invalid-event', 'The CloudEvent', errors);
}

function requireSize(content: Readonly<Record<string, unknown>>): void {
  if (Buffer.byteLength(canonicalJson(content)) <= EVENT_BYTES) return;
  throw new ProblemError('payload-too-large', 'The content of the CloudEvent is larger than 64 KiB.');
}

/** The extension "distributed tracing"; many senders have no other way to name a trace. */
function traceOf(received: ReceivedCloudEvent, { traceparent, isTraced }: Sender): string {
  const extension = textOf(received, 'traceparent');
  return isTraced || extension === null ? traceparent : continueTrace(extension);
}

function textOf({ attributes }: ReceivedCloudEvent, name: string): string | null {
  const value = attributes.get(name);
  return typeof value === 'string' ? value : null;
}
