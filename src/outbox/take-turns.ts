import type { EpochMs } from '../kernel/clock.js';

/** What taking turns needs to know of a due event. */
export interface DueEvent {
  readonly sequence: number;
  readonly type: string;
  readonly client: string;
  readonly availableAt: EpochMs;
}

/** Which clients had their turn, and how many events are wanted. */
export interface Turns {
  /** The client served last, whose turn is over; empty before anybody was served. */
  readonly after: string;
  readonly limit: number;
  /** At most so many of each type; a type that is not named is not wanted. */
  readonly ofType: ReadonlyMap<string, number>;
}

/**
 * Pure: which of the due events are given out, and in which order. Clients take turns by name, one event each over all
 * types, beginning behind the client that was served last. Of one client the event due longest comes first. So a client
 * waits for no more than one event of each other client, even if those have many.
 */
export function takeTurns<E extends DueEvent>(due: readonly E[], { after, limit, ofType }: Turns): readonly E[] {
  const room = new Map(ofType);
  const taken: E[] = [];
  let waiting = inTurn(linesOf(due), after);
  while (waiting.length > 0) {
    for (const line of waiting) {
      if (taken.length >= limit) return taken;
      const event = nextOf(line, room);
      if (event !== undefined) taken.push(event);
    }
    waiting = waiting.filter(({ length }) => length > 0);
  }
  return taken;
}

/** Each client's events, the one due longest last: they are taken from the end. */
function linesOf<E extends DueEvent>(due: readonly E[]): Map<string, E[]> {
  const lines = Map.groupBy(due, ({ client }) => client);
  for (const line of lines.values()) line.sort((a, b) => b.availableAt - a.availableAt || b.sequence - a.sequence);
  return lines;
}

function inTurn<E>(lines: ReadonlyMap<string, E[]>, after: string): E[][] {
  const clients = [...lines.keys()].sort();
  const inOrder = [...clients.filter((client) => client > after), ...clients.filter((client) => client <= after)];
  return inOrder.flatMap((client) => [lines.get(client) ?? []]);
}

/** Takes the first event whose type is still wanted; the types of the events before it have had enough. */
function nextOf<E extends DueEvent>(line: E[], room: Map<string, number>): E | undefined {
  for (let event = line.pop(); event !== undefined; event = line.pop()) {
    const left = room.get(event.type) ?? 0;
    if (left === 0) continue;
    room.set(event.type, left - 1);
    return event;
  }
  return undefined;
}
