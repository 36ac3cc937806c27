/** The content of a package, not yet compared with the organization. */
export interface SolutionPackage {
  readonly manifest: SolutionManifest;
  /** In the order of their files. */
  readonly catalogs: readonly PackagedCatalog[];
  readonly customApis: readonly PackagedCustomApi[];
  readonly assignments: readonly PackagedAssignment[];
}

/** What `solution.xml` says. */
export interface SolutionManifest {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly version: string;
  readonly isManaged: boolean;
  readonly publisher: {
    readonly uniqueName: string;
    readonly displayName: string;
    readonly prefix: string;
    readonly optionValuePrefix: number;
  };
}

/** A row in the form of a create's body, without its bindings. */
interface PackagedRow {
  /** The file it stands in. */
  readonly path: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

export interface PackagedCatalog extends PackagedRow {
  readonly uniqueName: string;
  /** Unique name of the root catalog, or null for a root. */
  readonly parent: string | null;
}

export interface PackagedCustomApi extends PackagedRow {
  readonly uniqueName: string;
  /** Id or export key of its plug-in type, null for none; absent where the file does not mention it. */
  readonly pluginType?: string | null;
  readonly parameters: readonly PackagedPart[];
  readonly properties: readonly PackagedPart[];
}

/** A request parameter or a response property. */
export interface PackagedPart extends PackagedRow {
  readonly uniqueName: string;
}

export interface PackagedAssignment extends PackagedRow {
  /** Unique name of the category. */
  readonly catalog: string;
  readonly object: {
    readonly table: 'customapi' | 'entity' | 'workflow';
    /** Unique name, logical name or id, by table. */
    readonly name: string;
  };
}
