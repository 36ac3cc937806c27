import { afterEach } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/emulator.js';
import type { EmulatorOptions } from '../../../src/emulator/emulator-options.js';
import { startEmulator } from '../../support/patient-emulator.js';
import { Client } from './client.js';
import { PURCHASE } from './purchase-api.js';

/** An emulator and a client of its default application user; both end with the test. */
export interface Running {
  readonly emulator: Emulator;
  readonly client: Client;
}

const running: Running[] = [];

afterEach(async () => {
  for (const { emulator, client } of running.splice(0)) {
    client.close();
    await emulator.stop();
  }
});

/** Starts an emulator that knows the purchase API. */
export async function runningEmulator(options: EmulatorOptions = {}): Promise<Running> {
  const emulator = await startEmulator({ customApis: [PURCHASE], ...options });
  const started = { emulator, client: new Client(emulator) };
  running.push(started);
  return started;
}
