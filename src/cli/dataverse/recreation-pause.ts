import { toRfc3339 } from '../../kernel/clock.js';
import type { RecreationFacts } from '../../outbox/recreation-facts.js';

const BEGINNING = 'dataverse apply recreates';
/** The longest reason there may be: it is shown in lists. */
const LONGEST = 500;

/** The reason of a pause, for people; programs read the facts themselves. */
export function pauseReason(facts: Omit<RecreationFacts, 'pause'>, losses: readonly string[]): string {
  const { customApi, process, host, at, wishedBy, executePrivilege } = facts;
  const words = [
    `process ${process} on ${host} at ${toRfc3339(at)}`,
    ...wishedBy.map((source) => `with ${source.slice('--'.length)}`),
    ...(executePrivilege === null ? [] : [`callers need ${executePrivilege}`]),
    ...(losses.length === 0 ? [] : [`loses ${losses.join(', ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}`]),
  ];
  const reason = `${BEGINNING} ${customApi} (${words.join('; ')}`;
  return reason.length < LONGEST ? `${reason})` : `${reason.slice(0, LONGEST - 4)}...)`;
}

/** How audit and reasons begin for a resumption. */
export function resumeReason(customApi: string): string {
  return `${BEGINNING} ${customApi}`;
}
