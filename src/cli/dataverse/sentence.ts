/** A clause as a sentence of its own. A name at its beginning keeps its case. */
export function sentence(clause: string): string {
  const text = clause.trim();
  const ending = /[.!?]$/.test(text) ? '' : '.';
  const isWord = /^[a-z]+(?= )/.test(text);
  return `${isWord ? text.charAt(0).toUpperCase() + text.slice(1) : text}${ending}`;
}

/** `1 change`, `2 changes`. */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}
