/** Characters of a name that are told: longer ones are nobody's fields, and would make answers longer than requests. */
const MAX_NAME = 1_024;

/**
 * The JSON pointer (RFC 6901) to a member of what `parent` points to; an empty parent is the whole. Of a long name it holds
 * the beginning and an ellipsis.
 */
export function pointerTo(parent: string, member: string): string {
  const name = member.length <= MAX_NAME ? member : `${member.slice(0, MAX_NAME - 1).toWellFormed()}…`;
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
