/**
 * Rung after events were stored, so that they leave within milliseconds. Only a hint: delivery looks for events every
 * second anyway, so a lost ring delays them and loses nothing.
 */
export abstract class Doorbell {
  abstract wake(): void;
}
