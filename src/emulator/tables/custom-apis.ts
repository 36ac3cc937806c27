import { isDeepStrictEqual } from 'node:util';
import type { CustomApi, RequestParameter } from '../../contract/custom-api.js';
import type { ParameterType } from '../../contract/parameter-type.js';
import type { Cell, Row } from './table-definition.js';
import type { Tables } from './tables.js';

/** A custom API as a call needs it. */
export interface CallableApi extends CustomApi {
  readonly id: string;
  /** 0 global, 1 entity, 2 entity collection. */
  readonly bindingType: number;
  readonly isFunction: boolean;
  /** Name of the privilege that a caller needs, or null where any user may. */
  readonly executePrivilegeName: string | null;
}

/** The custom APIs of the rows, compiled for calls: rows are read again only after one of them has changed. */
export class CustomApis {
  #seen = -1;
  #revision = -1;
  #compiled: ReadonlyMap<string, CallableApi> = new Map();

  constructor(private readonly tables: Tables) {}

  /** By unique name, case-sensitive. */
  find(uniqueName: string): CallableApi | null {
    return this.#current().get(uniqueName) ?? null;
  }

  all(): readonly CallableApi[] {
    return [...this.#current().values()];
  }

  /** Without members that only Dataverse knows. */
  contracts(): readonly CustomApi[] {
    return this.all().map(contractOf);
  }

  /** Adds a custom API past every rule, or replaces the one of its unique name; one that fits already stays. */
  put(api: CustomApi): void {
    const known = this.find(api.uniqueName);
    if (known !== null && sameContract(known, api)) return;
    this.tables.atomically(() => {
      if (known !== null) this.tables.removeRow('customapi', known.id);
      this.#store(api);
      return { kind: 'done' };
    });
  }

  /** Leaves these and no others. */
  replaceAll(apis: readonly CustomApi[]): void {
    const names = new Set(apis.map(({ uniqueName }) => uniqueName));
    this.tables.atomically(() => {
      for (const { uniqueName, id } of this.all()) if (!names.has(uniqueName)) this.tables.removeRow('customapi', id);
      for (const api of apis) this.put(api);
      return { kind: 'done' };
    });
  }

  /** False where there was none of this name. */
  remove(uniqueName: string): boolean {
    const known = this.find(uniqueName);
    return known !== null && this.tables.removeRow('customapi', known.id);
  }

  #store({ uniqueName, displayName, description, requestParameters }: CustomApi): void {
    const { customapiid = null } = this.tables.putRow('customapi', {
      uniquename: uniqueName,
      name: uniqueName,
      displayname: displayName,
      description,
      allowedcustomprocessingsteptype: 1,
    });
    for (const parameter of requestParameters) {
      this.tables.putRow('customapirequestparameter', {
        customapiid,
        uniquename: parameter.uniqueName,
        name: `${uniqueName}.${parameter.uniqueName}`,
        displayname: parameter.displayName,
        description: parameter.description,
        type: parameter.type,
        isoptional: parameter.isOptional,
        logicalentityname: parameter.logicalEntityName,
      });
    }
  }

  /** Compares a single number where nothing was written since the last call. */
  #current(): ReadonlyMap<string, CallableApi> {
    if (this.tables.revision === this.#seen) return this.#compiled;
    this.#seen = this.tables.revision;
    const revision = this.tables.revisionOf('customapi', 'customapirequestparameter');
    if (revision !== this.#revision) this.#compiled = compile(this.tables);
    this.#revision = revision;
    return this.#compiled;
  }
}

function compile(tables: Tables): ReadonlyMap<string, CallableApi> {
  const parameters = Map.groupBy(tables.rows('customapirequestparameter'), (row) => row.customapiid ?? null);
  return new Map(
    named(tables.rows('customapi')).map((row) => [
      textOf(row.uniquename),
      {
        id: textOf(row.customapiid),
        ...textsOf(row),
        bindingType: Number(row.bindingtype),
        isFunction: row.isfunction === true,
        executePrivilegeName: textOrNull(row.executeprivilegename),
        requestParameters: (parameters.get(row.customapiid ?? null) ?? []).map(parameterOf),
      },
    ]),
  );
}

/** A row that was put by hand may have no name: nobody can call it. */
function named(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ uniquename }) => textOf(uniquename) !== '');
}

function parameterOf(row: Row): RequestParameter {
  return {
    ...textsOf(row),
    type: Number(row.type) as ParameterType,
    isOptional: row.isoptional === true,
    logicalEntityName: textOrNull(row.logicalentityname),
  };
}

function textsOf(row: Row): Pick<CustomApi, 'uniqueName' | 'displayName' | 'description'> {
  return {
    uniqueName: textOf(row.uniquename),
    displayName: textOf(row.displayname),
    description: textOf(row.description),
  };
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

function textOrNull(cell: Cell | undefined): string | null {
  return typeof cell === 'string' ? cell : null;
}

function sameContract(known: CustomApi, api: CustomApi): boolean {
  return isDeepStrictEqual(contractOf(known), contractOf(api));
}

function contractOf({ uniqueName, displayName, description, requestParameters }: CustomApi): CustomApi {
  return { uniqueName, displayName, description, requestParameters };
}
