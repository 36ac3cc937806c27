import { readFileSync } from 'node:fs';

/** The version of this gateway, as package.json beside src/ or dist/ says. */
export function gatewayVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
