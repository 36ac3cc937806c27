/** Cells in the form that is compared: managed properties as their value, lookups as the id they hold. */
export type Cells = Readonly<Record<string, string | number | boolean | null>>;

/** A row as it was found; `isManaged` ones belong to the solution that brought them. */
export interface DeployedRow {
  readonly id: string;
  readonly isManaged: boolean;
  readonly cells: Cells;
}

/** A root or a category, ours or anybody's. */
export interface DeployedCatalog extends DeployedRow {
  readonly parentId: string | null;
}

/** Puts a custom API into a category. */
export interface DeployedAssignment extends DeployedRow {
  readonly catalogId: string | null;
}

/** A custom API with all of its parts. */
export interface DeployedCustomApi extends DeployedRow {
  /** The message that the platform made for it; steps are registered on that. */
  readonly messageId: string | null;
  readonly parameters: readonly DeployedRow[];
  readonly responseProperties: readonly DeployedRow[];
  readonly assignments: readonly DeployedAssignment[];
}

/** The columns of a publisher that provisioning uses. */
export interface DeployedPublisher {
  readonly id: string;
  readonly uniqueName: string;
  readonly prefix: string;
}

/** The solution that DATAVERSE_SOLUTION names. */
export interface DeployedSolution {
  readonly id: string;
  readonly isManaged: boolean;
  readonly publisher: DeployedPublisher;
  /** Ids of the rows that are its components; null where they are not read or may not be. */
  readonly members: ReadonlySet<string> | null;
}

/** What would be lost with a custom API, beside its own parts. */
export interface Dependants {
  readonly steps: readonly { readonly id: string; readonly name: string; readonly isManaged: boolean }[];
  /** Names of the registrations by which flows wait for it; a placeholder where not all of them can be seen. */
  readonly flows: readonly string[];
  /** Name of the plug-in type that it runs; null where it runs none, or the name may not be read. */
  readonly plugInType: string | null;
  /** Unique names of the solutions that it was added to, except the default one. */
  readonly solutions: readonly string[];
}

/** The part of an environment that concerns the wished state. */
export interface DeployedComponents {
  /** All catalogs of the environment. */
  readonly catalogs: readonly DeployedCatalog[];
  /** Those with a wished unique name, in any case of letters. */
  readonly customApis: readonly DeployedCustomApi[];
  /** Wished names that a message has which is no custom API's; most likely it belongs to a custom process action. */
  readonly foreignMessages: readonly string[];
}

/** The same, with the solution for new components, and what hinders changes of existing ones. */
export interface DeployedState extends DeployedComponents {
  /** Null where none is wished, and where it does not exist. */
  readonly solution: DeployedSolution | null;
  /** Those that have the wished prefix. */
  readonly publishers: readonly DeployedPublisher[];
  /** Privileges that callers should need, and that do not exist. */
  readonly missingPrivileges: readonly string[];
  /** By the id of a custom API; only for those that have to be recreated. */
  readonly dependants: ReadonlyMap<string, Dependants>;
}
