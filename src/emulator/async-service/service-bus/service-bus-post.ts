import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { EndpointPost, PostOrder, PostOutcome } from '../endpoint-post.js';
import { fitContext } from '../strip-context.js';
import { busFailure } from './bus-failures.js';
import { BusLine, type LineAnswer } from './bus-line.js';
import { busMessage } from './bus-message.js';
import { type BusTarget, busTarget } from './bus-target.js';

/** Size of the whole message. Source: "Azure integration". */
const SERVICE_BUS_LIMIT_BYTES = 192 * 1024;
/** How long the bus may take for one message. */
const PATIENCE_MS = 30_000;

/** What posting to Service Bus depends on. */
export interface ServiceBusPostParts {
  /** Where namespaces lead on this machine: `sb://name.servicebus.windows.net` to `amqp://127.0.0.1:5672`. */
  readonly routes: ReadonlyMap<string, string>;
  readonly points: UnconfirmedPoints;
  readonly patienceMs?: number;
}

/**
 * Posts to queues, topics and event hubs as Dataverse does: JSON with the documented properties, at most 192 KB. A
 * refusal by the bus or the network is tried again later; a fault of the endpoint fails at once.
 */
export class ServiceBusPost implements EndpointPost {
  readonly #lines = new Map<string, BusLine>();

  constructor(private readonly parts: ServiceBusPostParts) {}

  async post({ endpoint, context, facts, signal }: PostOrder): Promise<PostOutcome> {
    const { points, routes } = this.parts;
    const fitted = fitContext(context, SERVICE_BUS_LIMIT_BYTES, points);
    const unsent = { status: null, tries: 0, stripped: fitted.stripped };
    if (!fitted.fits) {
      return { kind: 'failed', ...unsent, ...busFailure('too-large', 'It is too large without its parameters, too.') };
    }
    const read = busTarget(endpoint, routes);
    if (read.kind === 'failed') return { kind: 'failed', ...unsent, ...busFailure('not-configured', read.detail) };
    const line = this.#lineTo(read.target);
    const answer = await this.#bounded(line, line.post(busMessage(fitted, facts, points)), signal);
    const sent = { status: null, tries: 1, stripped: fitted.stripped };
    if (answer.kind === 'accepted') return { kind: 'done', ...sent };
    const meanwhile = busFailure('postponed', answer.detail);
    return { kind: 'later', ...sent, ...busFailure('post-failed', answer.detail), meanwhile };
  }

  async close(): Promise<void> {
    for (const line of this.#lines.values()) line.close('The emulator stopped.');
    this.#lines.clear();
  }

  /** The existing line, unless it broke. */
  #lineTo(target: BusTarget): BusLine {
    const name = JSON.stringify(target);
    const kept = this.#lines.get(name);
    if (kept !== undefined && !kept.isBroken) return kept;
    const line = new BusLine(target);
    this.#lines.set(name, line);
    return line;
  }

  /**
   * A line that does not answer is given up together with its other posts, so that nothing is sent after its post has
   * failed.
   */
  async #bounded(line: BusLine, answer: Promise<LineAnswer>, signal: AbortSignal): Promise<LineAnswer> {
    const stopped = () => line.close('The emulator stopped.');
    const timer = setTimeout(() => line.close('The bus did not answer in time.'), this.parts.patienceMs ?? PATIENCE_MS);
    signal.addEventListener('abort', stopped);
    if (signal.aborted) stopped();
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopped);
    }
  }
}
