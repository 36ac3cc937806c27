/** An address in a form that may be shown: somebody may have put a key into its query with another tool. */
export function shownUrl(url: string): string {
  return url.replace(/\?.*/s, '?…').replace(/\/\/[^/@]*@/, '//…@');
}
