/** An address as it may be shown: whoever typed it into another tool may have put a key into its query. */
export function shownUrl(url: string): string {
  return url.replace(/\?.*/s, '?…').replace(/\/\/[^/@]*@/, '//…@');
}
