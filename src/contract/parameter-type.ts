/**
 * The thirteen types a custom API request parameter can have, with Dataverse's own numbers.
 * Source: learn.microsoft.com, CustomAPIRequestParameter table columns, column `type`.
 */
export const ParameterType = {
  Boolean: 0,
  DateTime: 1,
  Decimal: 2,
  Entity: 3,
  EntityCollection: 4,
  EntityReference: 5,
  Float: 6,
  Integer: 7,
  Money: 8,
  Picklist: 9,
  String: 10,
  StringArray: 11,
  Guid: 12,
} as const;

export type ParameterType = (typeof ParameterType)[keyof typeof ParameterType];
