import { setTimeout as wait } from 'node:timers/promises';
import { runOfflineTill } from './offline-till.js';
import { payment, purchase, type SampleEvent } from './sample-events.js';
import type { SeededRandom } from './seeded-random.js';

/** An event and the id it was answered with. */
export interface AcceptedEvent {
  readonly id: string;
  readonly event: SampleEvent;
  readonly at: number;
}

interface ClientsOptions {
  readonly apiKey: string;
  /** Where gateways listen; each request picks one. */
  readonly urls: () => readonly string[];
  readonly random: SeededRandom;
  readonly tills: number;
  readonly vendors: number;
  /** How long a client thinks between two events, at most. */
  readonly pauseMs: number;
}

const PATIENCE_MS = 15_000;
const RETRY_AFTER_MS = 30;
const SHARE_INVALID = 0.05;
const SHARE_REPEATED = 0.05;

/**
 * Tills that post purchases, one that was offline and posts several at once, and an ERP that posts payments, vendor by
 * vendor in their order. They send again with the same key until they are answered, remember every 202, and now and then
 * send rubbish, or something a second time.
 */
export class Clients {
  readonly accepted: AcceptedEvent[] = [];
  /** Keys that were only ever refused. */
  readonly refused = new Set<string>();
  /** A key that was answered with two ids. */
  readonly doubled: string[] = [];
  /** Answers that no client should ever get. */
  readonly unexpected: string[] = [];
  private running = true;
  private readonly working: readonly Promise<void>[];

  constructor(private readonly options: ClientsOptions) {
    const { tills, vendors, random } = options;
    this.working = [
      ...Array.from({ length: tills }, (_, till) => {
        const own = random.fork();
        return this.work(own, (n) => purchase(`P${till}-${n}`, own));
      }),
      ...Array.from({ length: vendors }, (_, vendor) => {
        const own = random.fork();
        return this.work(own, (n) => payment(`V${vendor}-${n}`, `vendor-${vendor}`, own));
      }),
      runOfflineTill({
        ...options,
        name: 'B',
        random: random.fork(),
        isRunning: () => this.running,
        accepted: this.accepted,
        unexpected: this.unexpected,
      }),
    ];
  }

  /** Lets every client finish what it has in hand. */
  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.working);
  }

  private async work(random: SeededRandom, make: (n: number) => SampleEvent): Promise<void> {
    for (let n = 1; this.running; n++) {
      const event = make(n);
      if (random.chance(SHARE_INVALID)) await this.sendRubbish({ ...event, key: `${event.key}-refused` }, random);
      const id = await this.sendUntilAnswered(event, random);
      if (id === null) return;
      this.accepted.push({ id, event, at: Date.now() });
      if (random.chance(SHARE_REPEATED)) await this.sendAgain(event, { id, random });
      await wait(random.between(0, this.options.pauseMs));
    }
  }

  /** Null where the client was refused what it should have been given. */
  private async sendUntilAnswered(event: SampleEvent, random: SeededRandom): Promise<string | null> {
    for (;;) {
      const answer = await this.post(event.slug, event.content, random);
      if (answer?.status === 202) return String(answer.body.id);
      if (answer !== null && answer.status < 500) {
        this.unexpected.push(`${answer.status} for a valid event`);
        return null;
      }
      await wait(RETRY_AFTER_MS);
    }
  }

  private async sendAgain(
    event: SampleEvent,
    { id, random }: { readonly id: string; readonly random: SeededRandom },
  ): Promise<void> {
    const answer = await this.post(event.slug, event.content, random);
    if (answer?.status === 202 && answer.body.id !== id) this.doubled.push(event.key);
  }

  /** A 4xx says that it was not stored; anything else that comes of it is wrong. */
  private async sendRubbish(event: SampleEvent, random: SeededRandom): Promise<void> {
    const keyField = event.orderingKey === null ? 'purchaseId' : 'paymentId';
    const rubbish = { ...event.content, [keyField]: event.key, currencyCode: 'rubbish' };
    const answer = await this.post(event.slug, rubbish, random);
    this.refused.add(event.key);
    if (answer !== null && answer.status < 400) this.unexpected.push(`${answer.status} for an invalid event`);
  }

  /** Null where there was no answer: then nobody knows whether it was stored. */
  private async post(slug: string, content: object, random: SeededRandom) {
    try {
      const answer = await fetch(`${random.pick(this.options.urls())}/v1/events/${slug}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.options.apiKey}` },
        body: JSON.stringify(content),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const body = (await answer.json()) as Readonly<Record<string, unknown>>;
      if (answer.status >= 400 && !isProblem(answer, body)) {
        this.unexpected.push(`${answer.status} that is no problem document`);
      }
      return { status: answer.status, body };
    } catch {
      return null;
    }
  }
}

function isProblem(answer: Response, body: Readonly<Record<string, unknown>>): boolean {
  const isDeclared = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  return isDeclared && body.status === answer.status && typeof body.type === 'string' && typeof body.title === 'string';
}
