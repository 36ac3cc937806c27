/** How a solution is called, and by whom it is published: what its manifest says of it. */
export interface SolutionIdentity {
  readonly uniqueName: string;
  /** What people see. */
  readonly displayName: string;
  /** Four numbers: `1.0.0.0`. */
  readonly version: string;
  /** Of all texts, as LCID: 1033 is English. An environment drops texts in languages it has not enabled. */
  readonly languageCode: number;
  readonly publisher: SolutionPublisher;
}

/** An import meets the publisher of this unique name, or makes it. */
export interface SolutionPublisher {
  readonly uniqueName: string;
  readonly displayName: string;
  /** The customization prefix; what unique names begin with. */
  readonly prefix: string;
  /** 10000 to 99999: where the publisher's choice values begin. An export has no choices; a manifest must say it. */
  readonly optionValuePrefix: number;
}

/** Which packages a manifest is for: an unpacked folder is packed as either, a package is one of both. */
export type PackageType = 'unmanaged' | 'managed' | 'both';
