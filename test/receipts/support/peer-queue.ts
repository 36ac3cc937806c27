/** A message as somebody posted it. */
export interface PeerMessage {
  readonly body: unknown;
  readonly content_type?: string;
  readonly application_properties?: Record<string, unknown>;
}

/** A message in the queue, with how often it was handed out before. */
export interface QueuedMessage {
  readonly id: number;
  readonly message: PeerMessage;
  deliveries: number;
}

export interface DeadLetter {
  readonly message: PeerMessage;
  readonly reason: string;
  readonly description: string;
}

/** As Service Bus has it unless told otherwise. */
const MAX_DELIVERY_COUNT = 10;

/** A queue with peek-lock: what is handed out is locked until it is settled, or its lock is lost. */
export class PeerQueue {
  readonly completed: PeerMessage[] = [];
  readonly deadLetters: DeadLetter[] = [];
  #lastId = 0;
  #waiting: QueuedMessage[] = [];
  readonly #locked = new Set<QueuedMessage>();

  /** How many are in it: waiting, or locked. */
  get length(): number {
    return this.#waiting.length + this.#locked.size;
  }

  /** Those that wait, next first. */
  get messages(): readonly PeerMessage[] {
    return this.#waiting.map(({ message }) => message);
  }

  get lockedCount(): number {
    return this.#locked.size;
  }

  push(message: PeerMessage): void {
    this.#lastId += 1;
    this.#waiting.push({ id: this.#lastId, message, deliveries: 0 });
  }

  lockNext(): QueuedMessage | null {
    const next = this.#waiting.shift();
    if (next === undefined) return null;
    this.#locked.add(next);
    return next;
  }

  /** False where the lock is lost. */
  complete(queued: QueuedMessage): boolean {
    if (!this.#locked.delete(queued)) return false;
    this.completed.push(queued.message);
    return true;
  }

  deadLetter(queued: QueuedMessage, reason: string, description: string): boolean {
    if (!this.#locked.delete(queued)) return false;
    this.deadLetters.push({ message: queued.message, reason, description });
    return true;
  }

  /** Its turn comes again, in its old place. */
  unlock(queued: QueuedMessage): boolean {
    if (!this.#locked.has(queued)) return false;
    queued.deliveries += 1;
    if (queued.deliveries >= MAX_DELIVERY_COUNT) {
      return this.deadLetter(queued, 'MaxDeliveryCountExceeded', 'It was handed out too often.');
    }
    this.#locked.delete(queued);
    this.#waiting = [...this.#waiting, queued].sort((one, other) => one.id - other.id);
    return true;
  }

  /** As when every lock's time is over. */
  loseLocks(): void {
    for (const queued of [...this.#locked]) this.unlock(queued);
  }
}
