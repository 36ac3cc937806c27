import { type EpochMs, toRfc3339 } from '../../kernel/clock.js';
import { WISH_SOURCES, type WishSource } from './wish-source.js';

/** What the pause of a recreation tells later runs: who made it, and what of the custom API must outlive the gap. */
export interface RecreationPause {
  /** Unique name. */
  readonly customApi: string;
  readonly process: number;
  readonly host: string;
  readonly at: EpochMs;
  /** What the run that made it was given: without them their steps are not restored. */
  readonly wishedBy: readonly WishSource[];
  /** The privilege callers need, which is known nowhere else while the custom API is gone. */
  readonly executePrivilege: string | null;
}

const BEGINNING = 'dataverse apply recreates';
const PATTERN = new RegExp(
  `^${BEGINNING} (\\S+) \\(process (\\d+) on (\\S+) at (\\S+?)((?:; with (?:${WISH_SOURCES.map(word).join('|')}))*)(?:; callers need (\\w+))?(?:; loses .*)?\\)$`,
);
/** As long as a reason may be elsewhere: it is shown in lists. */
const LONGEST = 500;

/** The reason of a pause, as people read it and `readPauseReason` reads it back; `losses` are for people alone. */
export function pauseReason(pause: RecreationPause, losses: readonly string[]): string {
  const { customApi, process, host, at, wishedBy, executePrivilege } = pause;
  const facts = [
    `process ${process} on ${host} at ${toRfc3339(at)}`,
    ...wishedBy.map((source) => `with ${word(source)}`),
    ...(executePrivilege === null ? [] : [`callers need ${executePrivilege}`]),
    ...(losses.length === 0 ? [] : [`loses ${losses.join(', ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}`]),
  ];
  const reason = `${BEGINNING} ${customApi} (${facts.join('; ')}`;
  return reason.length < LONGEST ? `${reason})` : `${reason.slice(0, LONGEST - 4)}...)`;
}

/** Null where the pause is somebody's who had other reasons. */
export function readPauseReason(reason: string): RecreationPause | null {
  const [, customApi, process, host, at, sources = '', privilege] = PATTERN.exec(reason) ?? [];
  if (customApi === undefined || host === undefined || at === undefined) return null;
  return {
    customApi,
    process: Number(process),
    host,
    at: Date.parse(at),
    wishedBy: WISH_SOURCES.filter((source) => sources.includes(`; with ${word(source)}`)),
    executePrivilege: privilege ?? null,
  };
}

/** Of an option, as a reason says it. */
function word(source: WishSource): string {
  return source.slice('--'.length);
}

/** What audit and reasons name a resumption with. */
export function resumeReason(customApi: string): string {
  return `${BEGINNING} ${customApi}`;
}
