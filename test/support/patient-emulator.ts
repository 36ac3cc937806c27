import { Emulator } from '../../src/emulator/emulator.js';
import type { EmulatorOptions } from '../../src/emulator/emulator-options.js';
import { PATIENCE_MS } from './until.js';

/** An emulator that is waited for, where a test does not say how long, as `until` waits: its own five seconds are a user's. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const emulator = await Emulator.start(options);
  const { asyncService } = emulator;
  const whenReceived = emulator.whenReceived.bind(emulator);
  const whenIdle = asyncService.whenIdle.bind(asyncService);
  emulator.whenReceived = (count, deadlineMs = PATIENCE_MS) => whenReceived(count, deadlineMs);
  asyncService.whenIdle = (deadlineMs = PATIENCE_MS) => whenIdle(deadlineMs);
  return emulator;
}
