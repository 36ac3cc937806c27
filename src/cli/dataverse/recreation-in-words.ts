import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import { COMPONENT_WORDS } from './component-words.js';
import { sentence } from './sentence.js';

/** What has to be made anew and why, as a sentence. */
export function recreationInWords({ name, scope, reasons, advice }: Recreation): string {
  const what =
    scope === 'custom-api'
      ? `${name} has to be deleted and made anew`
      : `${name} has to change for those who call it or wait for it`;
  return `${what} (${reasons.join('; ')}).${advice === null ? '' : ` ${sentence(advice)}`}`;
}

/** A list of things that depend on a custom API. */
export function namedInARow(things: Recreation['losses']): string {
  return things.map(({ component, name }) => `${COMPONENT_WORDS[component]} ${name}`).join(', ');
}
