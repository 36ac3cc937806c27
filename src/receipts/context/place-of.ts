import { MEMBER_NAMES } from './member-names.js';

/** Stands for a name that the model does not know, as its list does not tell it. */
const UNKNOWN = '*';

/** So deep a place is told; what is deeper is told by where it begins. */
const MOST_TOLD = 12;

/** A list with the index, or an object with the name of the member, that the position is in; null before any name. */
interface Container {
  at: number | string | null;
}

/**
 * The JSON pointer (RFC 6901) to the value that begins at a position of a JSON text, or to the container the position is
 * in. Looked for only once something is wrong, so that reading what is right costs nothing for it. Names that the model does not
 * know may be content, and stand as `*`.
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
