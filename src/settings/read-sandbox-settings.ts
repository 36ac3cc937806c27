import type { GatewaySettings } from './gateway-settings.js';
import { readSettings } from './read-settings.js';
import type { Environment } from './read-variables.js';

/** What a sandbox takes from its environment: no credentials and no address of a real Dataverse. */
const PASSED_ON = ['PORT', 'HOST', 'LOG_LEVEL', 'METRICS_PORT', 'DELIVERY_CONCURRENCY', 'SHUTDOWN_GRACE_MS'] as const;

/** A sandbox shows its key in the terminal, so it only listens on this machine. */
const DEFAULTS = { HOST: '127.0.0.1' };

/** Settings of a gateway that delivers to an emulator; `wiring` says where that is. Throws `SettingsError`. */
export function readSandboxSettings(wiring: Environment, environment: Environment = process.env): GatewaySettings {
  const given = PASSED_ON.filter((name) => environment[name] !== undefined).map((name) => [name, environment[name]]);
  return readSettings({ ...DEFAULTS, ...Object.fromEntries(given), ...wiring });
}
