/** A query or an address that Dataverse would refuse; it is answered with an OData error document. */
export class ODataError extends Error {
  constructor(
    message: string,
    readonly code = '0x0',
    readonly status = 400,
  ) {
    super(message);
    this.name = 'ODataError';
  }
}

/** A step of a path that leads nowhere. */
export function unknownSegment(segment: string): never {
  throw new ODataError(`Resource not found for the segment '${segment}'.`, '0x8006088a', 404);
}
