/**
 * Rung after events were stored, so that they leave within milliseconds. Only a hint: delivery looks for itself every
 * second, and a ring that is lost delays, it loses nothing.
 */
export abstract class Doorbell {
  abstract wake(): void;
}
