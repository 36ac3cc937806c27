import type { AssociationDefinition } from '../association-definition.js';

/** Roles of users, privileges of roles. */
export const ALL_ASSOCIATIONS: readonly AssociationDefinition[] = [
  {
    navigation: 'systemuserroles_association',
    intersect: 'systemuserroles',
    ends: [
      { table: 'systemuser', column: 'systemuserid' },
      { table: 'role', column: 'roleid' },
    ],
  },
  {
    navigation: 'roleprivileges_association',
    intersect: 'roleprivileges',
    ends: [
      { table: 'role', column: 'roleid' },
      { table: 'privilege', column: 'privilegeid' },
    ],
  },
];
