/** A clause as a sentence of its own. */
export function sentence(clause: string): string {
  const text = clause.trim();
  const ending = /[.!?]$/.test(text) ? '' : '.';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${ending}`;
}

/** `1 change`, `2 changes`. */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}
