import type { Finding } from '../change.js';
import type { Cells } from '../deployed/deployed-state.js';

/** What it means that a column is not as wished. */
export interface ColumnRule {
  /** Dataverse lets no update change it: only deleting and creating anew does. */
  readonly isFixed: boolean;
  /** An update can change it, but somebody may lose what they rely on: a person agrees to it by name. */
  readonly isLoss?: true;
  /** May depend on what both sides hold. */
  readonly severity: (wished: Cells, deployed: Cells) => Finding['severity'];
  readonly why: string;
}

export type ColumnRules = Readonly<Record<string, ColumnRule>>;

/** Source: learn.microsoft.com, CustomAPI table columns; the three principles of external events in "Business events". */
export const CUSTOM_API_RULES: ColumnRules = {
  uniquename: fixed('breaking', 'the names of actions are case-sensitive: every call would be answered 404'),
  bindingtype: fixed('breaking', 'only a global custom API can be called by its name alone, as the gateway does'),
  boundentitylogicalname: fixed('breaking', 'an external event belongs to no row of a table'),
  isfunction: fixed('breaking', 'a function is called by GET and cannot be put into a catalog: calls would fail'),
  allowedcustomprocessingsteptype: fixed(
    'breaking',
    'an external event allows asynchronous steps alone (1, Async Only): with 2 a subscriber could stop it, with 0 there could be none',
  ),
  workflowsdkstepenabled: fixed(
    'differing',
    'classic workflows could call it as an action, which only the gateway shall',
  ),
  plugintypeid: {
    ...free('breaking', 'an external event has no logic of its own: a plug-in could refuse it or make it slow'),
    isLoss: true,
  },
  name: free('differing', 'makers know it by this name in the solution'),
  displayname: free('differing', 'makers read it where they choose an action'),
  description: free('differing', 'makers read it where they choose an action'),
  isprivate: free('differing', 'a private custom API is hidden from $metadata and from those who look for events'),
  statecode: free('differing', 'it looks switched off, though the state of a custom API has no effect'),
  executeprivilegename: free('differing', 'callers need another privilege than was asked for'),
  iscustomizable: free('tolerated', 'it matters where the solution is installed as managed, and not to calls'),
};

/** Source: learn.microsoft.com, CustomAPIRequestParameter table columns. */
export const PARAMETER_RULES: ColumnRules = {
  uniquename: fixed('breaking', 'the names of parameters are case-sensitive: every call would be refused with 400'),
  type: fixed('breaking', 'calls that carry it would be refused with 400'),
  isoptional: {
    isFixed: true,
    severity: (wished) => (wished.isoptional === true ? 'breaking' : 'differing'),
    why: 'an event without an optional field would be refused with 400 where it is required, and subscribers would not count on a required field where it is optional',
  },
  logicalentityname: fixed('breaking', 'calls that name a row of another table would be refused with 400'),
  name: free('differing', 'makers know it by this name in the solution'),
  displayname: free('differing', 'makers read it where they use the value'),
  description: free('differing', 'makers read it where they use the value'),
  statecode: free('differing', 'it looks switched off'),
  iscustomizable: free('tolerated', 'it matters where the solution is installed as managed, and not to calls'),
};

/** Source: learn.microsoft.com, Catalog table reference. Columns of others' catalogs are not compared. */
export const CATALOG_RULES: ColumnRules = {
  name: free('differing', 'makers find events by it'),
  displayname: free('differing', 'makers find events by it'),
  statecode: free('differing', 'makers may not find the events of an inactive catalog'),
  description: free('differing', 'makers read it where they choose a catalog'),
  iscustomizable: free('tolerated', 'it matters where the solution is installed as managed, and not to calls'),
};

/** Source: learn.microsoft.com, CatalogAssignment table reference. */
export const ASSIGNMENT_RULES: ColumnRules = {
  name: {
    isFixed: false,
    severity: (_wished, deployed) => (deployed.name === null ? 'differing' : 'tolerated'),
    why: 'makers do not see it, but tools leave out assignments without a name',
  },
  statecode: free('differing', 'makers may not find events that are assigned inactively'),
  iscustomizable: free('tolerated', 'it matters where the solution is installed as managed, and not to calls'),
};

/** The description of a catalog is only compared where a definition gives one. */
export const UNSAID_DESCRIPTION: ColumnRule = free(
  'tolerated',
  'definitions say nothing about it: whoever describes it better is right',
);

/** If no privilege was chosen, it is left to others: none is ever removed unasked. */
export const UNCHOSEN_PRIVILEGE: ColumnRule = free(
  'tolerated',
  'the application user of the gateway needs it, or calls end as 403; --execute-privilege and --no-execute-privilege decide it',
);

function fixed(severity: Finding['severity'], why: string): ColumnRule {
  return { isFixed: true, severity: () => severity, why };
}

function free(severity: Finding['severity'], why: string): ColumnRule {
  return { isFixed: false, severity: () => severity, why };
}
