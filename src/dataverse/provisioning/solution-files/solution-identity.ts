/** The name of a solution and its publisher, for its manifest. */
export interface SolutionIdentity {
  readonly uniqueName: string;
  /** The name that people see. */
  readonly displayName: string;
  /** Four numbers: `1.0.0.0`. */
  readonly version: string;
  /**
   * The language of all texts, as LCID: 1033 is English. An environment drops texts in languages it has not enabled.
   */
  readonly languageCode: number;
  readonly publisher: SolutionPublisher;
}

/** An import finds the publisher by this unique name, or creates it. */
export interface SolutionPublisher {
  readonly uniqueName: string;
  readonly displayName: string;
  /** The customization prefix: unique names begin with it. */
  readonly prefix: string;
  /**
   * 10000 to 99999: where the publisher's choice values begin. An export has no choices, but a manifest must state it.
   */
  readonly optionValuePrefix: number;
}

/** Which packages a manifest is for: an unpacked folder is packed as either, a package is one of both. */
export type PackageType = 'unmanaged' | 'managed' | 'both';
