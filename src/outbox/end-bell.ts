/**
 * Told when an event was delivered or died, so that those who wait for it hear of it within milliseconds. Only a hint:
 * those who wait also look for themselves, for another process may deliver the event.
 */
export abstract class EndBell {
  abstract ended(id: string): void;
}
