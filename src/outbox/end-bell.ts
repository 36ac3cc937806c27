/**
 * Told when an event was delivered or died, so that whoever waits for it hears of it within milliseconds. Only a hint: whoever
 * waits also looks for itself, for another process may be the one that delivers.
 */
export abstract class EndBell {
  abstract ended(id: string): void;
}
