/**
 * Characters of a name that are told. A longer one is no field of ours, and would make the answer longer than the
 * request.
 */
const MAX_NAME = 1_024;

/**
 * The JSON pointer (RFC 6901) to a member of what `parent` points to; an empty parent is the whole document. A long
 * name is cut to its beginning and an ellipsis.
 */
export function pointerTo(parent: string, member: string): string {
  const name = member.length <= MAX_NAME ? member : `${member.slice(0, MAX_NAME - 1).toWellFormed()}…`;
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
