/** The JSON pointer (RFC 6901) to a member of what `parent` points to; an empty parent is the whole. */
export function pointerTo(parent: string, member: string): string {
  return `${parent}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
