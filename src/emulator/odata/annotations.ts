/** Names of the annotations that rows may carry. */
export const FORMATTED_VALUE = 'OData.Community.Display.V1.FormattedValue';
export const LOOKUP_TABLE = 'Microsoft.Dynamics.CRM.lookuplogicalname';
export const LOOKUP_NAVIGATION = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

/** Which annotations a `Prefer: odata.include-annotations="..."` asks for: all, some by name or by prefix with `*`. */
export function wantedAnnotations(prefer: string): (annotation: string) => boolean {
  const given = /(?:^|[,;\s])odata\.include-annotations\s*=\s*"?([^";]*)"?/i.exec(prefer)?.[1];
  if (given === undefined) return () => false;
  const patterns = given.split(',').map((pattern) => pattern.trim());
  return (annotation) =>
    patterns.some((pattern) =>
      pattern.endsWith('*') ? annotation.startsWith(pattern.slice(0, -1)) : annotation === pattern,
    );
}
