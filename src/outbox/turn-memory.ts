/**
 * Which client was served last, of the events of some types: kept per process, in memory. Claims that want other types
 * have turns of their own: otherwise two kinds of claim that alternate could each serve the same client for ever.
 */
export class TurnMemory {
  private readonly served = new Map<string, string>();

  /** The client whose turn is over; empty before anybody was served. */
  lastServed(types: Iterable<string>, background: boolean): string {
    return this.served.get(nameOf(types, background)) ?? '';
  }

  remember(types: Iterable<string>, background: boolean, client: string): void {
    this.served.set(nameOf(types, background), client);
  }
}

function nameOf(types: Iterable<string>, background: boolean): string {
  return [background ? 'background' : 'live', ...[...types].sort()].join(' ');
}
