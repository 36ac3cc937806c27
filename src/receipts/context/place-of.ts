import { MEMBER_NAMES } from './member-names.js';

/** In place of a name that is not in the list of known names. */
const UNKNOWN = '*';

/** How many steps of a place are told; of a deeper place, its beginning. */
const MOST_TOLD = 12;

/**
 * The container around the position: a list with the index, or an object with the member's name; null before any name.
 */
interface Container {
  at: number | string | null;
}

/**
 * The JSON pointer (RFC 6901) to the value that begins at a position of a JSON text, or to the container around the
 * position. Searched only after a fault, so that reading a valid text costs nothing for it. Names that the model does
 * not know may be content, and are shown as `*`.
 */
export function placeOf(text: string, position: number): string {
  const containers: Container[] = [];
  for (let index = 0; index < position; index++) {
    const character = text[index] ?? '';
    if (character === '"') {
      const end = endOfString(text, index);
      name(containers.at(-1), text.slice(index, end + 1));
      index = end;
    } else move(containers, character);
  }
  const told = containers.slice(0, MOST_TOLD).map(({ at }) => (at === null ? '' : `/${at}`));
  return told.join('');
}

/** The first string after the brace or a comma of an object is a name. */
function name(container: Container | undefined, token: string): void {
  if (container?.at !== null) return;
  const found = unquoted(token);
  container.at = MEMBER_NAMES.has(found) ? found : UNKNOWN;
}

function move(containers: Container[], character: string): void {
  const top = containers.at(-1);
  if (character === '{') containers.push({ at: null });
  else if (character === '[') containers.push({ at: 0 });
  else if (character === '}' || character === ']') containers.pop();
  else if (character === ',' && top !== undefined) top.at = typeof top.at === 'number' ? top.at + 1 : null;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '"') return index;
    if (text[index] === '\\') index++;
  }
  return text.length;
}

function unquoted(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.slice(1);
  }
}
