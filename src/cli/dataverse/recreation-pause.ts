import { toRfc3339 } from '../../kernel/clock.js';
import type { RecreationFacts } from '../../outbox/recreation-facts.js';

const BEGINNING = 'dataverse apply recreates';
/** As long as a reason may be elsewhere: it is shown in lists. */
const LONGEST = 500;

/** The reason of a pause, as people read it; what programs read of it are the facts themselves. */
export function pauseReason(facts: RecreationFacts, losses: readonly string[]): string {
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

/** What audit and reasons name a resumption with. */
export function resumeReason(customApi: string): string {
  return `${BEGINNING} ${customApi}`;
}
