import {
  eventIdOf,
  isStripped,
  MalformedContextError,
  type RemoteExecutionContext,
  readContext,
} from 'dataverse-remote-execution-context';
import { MESSAGE, type PurchaseContent, purchaseOf } from '../purchase-of.js';
import type { EventAnswer, EventRequest } from '../webhook-server.js';
import { type LoyaltyPoints, pointsFor } from './loyalty-points.js';

export interface Surroundings {
  readonly points: LoyaltyPoints;
  /** Tells a person; of Azure Functions `context.warn`. */
  readonly warn: (line: string) => void;
}

/**
 * What is answered decides what Dataverse does: nothing after 2xx; after 502, 503 and 504 it asks once more; after
 * anything else the system job has failed. So what asking again cannot better is a 2xx, but for what a person should see
 * among the failed jobs.
 */
export async function receiveEvent(request: EventRequest, surroundings: Surroundings): Promise<EventAnswer> {
  const context = contextIn(await request.text());
  if (context === null) return { status: 400, body: 'This is no RemoteExecutionContext.' };
  if (context.messageName !== MESSAGE) return { status: 200, body: 'Not for this function.' };
  const eventId = eventIdOf(context);
  if (eventId === null) return { status: 400, body: 'It has neither a tag nor an EventId.' };
  try {
    if (isStripped(context, request.headers)) return noteStripped(eventId, surroundings);
    const purchase = purchaseOf(context);
    if (purchase === null) return { status: 400, body: 'Its parameters are not those of the event.' };
    return credit(eventId, purchase, surroundings);
  } catch (error) {
    // Nothing was committed. In a moment it may be.
    surroundings.warn(`event ${eventId} could not be stored: ${error instanceof Error ? error.message : 'unknown'}`);
    return { status: 503, body: 'The database is away. Ask again.' };
  }
}

function contextIn(text: string): RemoteExecutionContext | null {
  try {
    return readContext(text);
  } catch (error) {
    if (error instanceof MalformedContextError) return null;
    throw error;
  }
}

function credit(eventId: string, purchase: PurchaseContent, { points }: Surroundings): EventAnswer {
  const taken = points.credit({ eventId, customer: purchase.customer, points: pointsFor(purchase.totalAmount) });
  return { status: 200, body: taken === 'credited' ? 'Credited.' : 'Credited before.' };
}

/** Asking again would bring the same again, and nothing is fetched here: a person is told. */
function noteStripped(eventId: string, { points, warn }: Surroundings): EventAnswer {
  points.noteIncomplete(eventId);
  warn(`event ${eventId} came without its content: look it up in the gateway`);
  return { status: 200, body: 'Noted as incomplete.' };
}
