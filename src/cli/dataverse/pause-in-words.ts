import type { PauseDeed } from './settle-pauses.js';

/** What became of a gate, and what is left to do about it. */
export function pauseInWords({ gate, deed, by, why }: PauseDeed, store: string | null): string {
  const where = store === null ? '' : ` in ${store}`;
  const reason = why === null ? '' : ` (${why})`;
  switch (deed) {
    case 'paused':
      return `${gate} is paused${where} until this is completed: the same command again does it, and resumes the gate.`;
    case 'resumed':
      return `${gate} was paused${where} meanwhile, and is resumed.`;
    case 'resumed-by-others':
      return `${gate} was resumed${where} by somebody else meanwhile.`;
    case 'left-paused':
      return `${gate} stays paused${where}, for ${by} paused it${reason}: \`gates resume ${gate}\` lifts it.`;
    case 'not-resumed':
      return `${gate} could not be resumed${where}${reason}. Its events wait: \`gates resume ${gate}\`, or the same command again.`;
  }
}
