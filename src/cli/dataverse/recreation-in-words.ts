import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import { COMPONENT_WORDS } from './component-words.js';

/** What has to be made anew and why, as a sentence. */
export function recreationInWords({ name, scope, reasons }: Recreation): string {
  const what =
    scope === 'custom-api' ? `${name} has to be deleted and made anew` : `Parts of ${name} have to be deleted`;
  return `${what} (${reasons.join('; ')}).`;
}

/** Things that stand on a custom API, in a row. */
export function namedInARow(things: Recreation['losses']): string {
  return things.map(({ component, name }) => `${COMPONENT_WORDS[component]} ${name}`).join(', ');
}
