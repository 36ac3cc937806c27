/** A request parameter as it stands in an environment. */
export interface RegisteredParameter {
  readonly uniqueName: string;
  /** The name that makers see in a solution. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Dataverse's number; `ParameterType` knows thirteen. Null where `$metadata` shows a type that no parameter has. */
  readonly type: number | null;
  readonly isOptional: boolean;
  readonly logicalEntityName: string | null;
  /** What was chosen where `$metadata` allows several types, else null. */
  readonly chosen: string | null;
}

/** A catalog or category that stands in an environment. */
export interface RegisteredCatalog {
  readonly uniqueName: string;
  readonly name: string;
  readonly displayName: string;
}

/** A custom API or custom process action as it stands in an environment: what a definition is made from. */
export interface RegisteredApi {
  readonly kind: 'custom-api' | 'process-action';
  readonly uniqueName: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Logical name of the table it is bound to; null where it is global. */
  readonly boundTable: string | null;
  readonly isFunction: boolean;
  readonly isPrivate: boolean;
  readonly isManaged: boolean;
  readonly isWorkflowStep: boolean;
  /** 0 None, 1 Async Only, 2 Sync and Async. */
  readonly stepType: number;
  /** Whether a plug-in is its main operation. */
  readonly hasPlugin: boolean;
  readonly parameters: readonly RegisteredParameter[];
  /** Unique names of its response properties. */
  readonly responseProperties: readonly string[];
  /** Where it is cataloged; null where it is not. */
  readonly place: { readonly root: RegisteredCatalog; readonly category: RegisteredCatalog } | null;
}
