import { PAYLOAD_MARKER } from './sample-events.js';

const TOKEN = /eyJ[\w-]+\.[\w-]+\./;

/** Reads every line that gateways log, for what must never stand in one. */
export class LogWatch {
  /** What was found, without the secret itself. */
  readonly leaks: string[] = [];
  private readonly markers: readonly string[];

  constructor(secrets: readonly string[]) {
    this.markers = [PAYLOAD_MARKER, ...secrets];
  }

  see(line: string): void {
    if (TOKEN.test(line) || this.markers.some((marker) => line.includes(marker))) {
      this.leaks.push(/"msg":"([^"]+)"/.exec(line)?.[1] ?? 'a line of no known kind');
    }
  }
}
