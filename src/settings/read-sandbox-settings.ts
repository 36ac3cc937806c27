import type { GatewaySettings } from './gateway-settings.js';
import { readSettings } from './read-settings.js';
import type { Environment } from './read-variables.js';

/** What a sandbox takes from its environment; credentials and addresses of a real Dataverse are none of it. */
const PASSED_ON = ['PORT', 'HOST', 'LOG_LEVEL', 'METRICS_PORT', 'DELIVERY_CONCURRENCY', 'SHUTDOWN_GRACE_MS'] as const;

/** A sandbox has a key that everybody on the machine may read in a terminal: it stays on the machine. */
const DEFAULTS = { HOST: '127.0.0.1' };

/** Settings of a gateway that is wired to an emulator: `wiring` says where that is. Throws `SettingsError`. */
export function readSandboxSettings(wiring: Environment, environment: Environment = process.env): GatewaySettings {
  const given = PASSED_ON.filter((name) => environment[name] !== undefined).map((name) => [name, environment[name]]);
  return readSettings({ ...DEFAULTS, ...Object.fromEntries(given), ...wiring });
}
