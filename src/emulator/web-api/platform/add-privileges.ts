import type { Row } from '../../tables/table-definition.js';
import type { Tables } from '../../tables/tables.js';
import type { WriteResult } from '../../tables/write-result.js';
import { missingToGive } from '../access/missing-to-give.js';
import { lacksPrivilege } from '../api-errors.js';
import { errorAnswer, NO_CONTENT } from '../odata-answer.js';
import { refusedAnswer } from '../tables/write-rows.js';
import type { PlatformOperation } from './platform-operation.js';

/** Depths as `PrivilegeDepth` numbers and names them, and the mask that rows keep. */
const MASKS: ReadonlyMap<unknown, number> = new Map<unknown, number>(
  ['Basic', 'Local', 'Deep', 'Global'].flatMap((name, depth) => [
    [name, 2 ** depth],
    [depth, 2 ** depth],
    [`${depth}`, 2 ** depth],
  ]),
);

/** Gives privileges to a role, or changes their depth: all of them, or none. */
export const ADD_PRIVILEGES_ROLE: PlatformOperation = {
  name: 'AddPrivilegesRole',
  kind: 'action',
  boundTo: 'role',
  run: ({ work, target, parameters: { Privileges: given }, organization: { tables } }) => {
    if (!work.user.privileges.has('prvWriteRole')) return lacksPrivilege('prvWriteRole', work.user, tables);
    if (!Array.isArray(given))
      return invalid("Required field 'Privileges' is missing for RequestName='AddPrivilegesRole'");
    const wanted = given.map((item) => readPrivilege(item, tables));
    const unknown = wanted.indexOf(null);
    if (unknown >= 0) return invalid(`The privilege at index ${unknown} does not exist, or its depth is none.`);
    const role = target ?? {};
    for (const { row: privilege } of wanted.filter((item) => item !== null)) {
      const missing = missingToGive({ role, user: null, privilege, wanted: true }, work.user.privileges, tables);
      if (missing !== null) return lacksPrivilege(missing, work.user, tables);
    }
    const how = { userId: work.user.userId, solution: null };
    const result = tables.atomically((): WriteResult => {
      const id = String(target?.roleid);
      for (const privilege of wanted.filter((item) => item !== null)) {
        const ends = [
          ['role', id],
          ['privilege', String(privilege.row.privilegeid)],
        ] as const;
        const pair = tables.associate(
          { navigation: 'roleprivileges_association', ends, cells: { privilegedepthmask: privilege.mask } },
          how,
        );
        if (pair.kind === 'refused') return pair;
      }
      return { kind: 'done', id };
    });
    return result.kind === 'done' ? NO_CONTENT : refusedAnswer(result);
  },
};

interface WantedPrivilege {
  readonly row: Row;
  readonly mask: number;
}

function readPrivilege(item: unknown, tables: Tables): WantedPrivilege | null {
  if (typeof item !== 'object' || item === null) return null;
  const { PrivilegeId, PrivilegeName, Depth } = item as Record<string, unknown>;
  const named = (row: Row) => row.name === PrivilegeName;
  const row =
    typeof PrivilegeId === 'string'
      ? tables.find('privilege', PrivilegeId)
      : (tables.rows('privilege').find(named) ?? null);
  const mask = MASKS.get(Depth);
  return row === null || mask === undefined ? null : { row, mask };
}

function invalid(message: string): ReturnType<typeof errorAnswer> {
  return errorAnswer(400, '0x80040203', message);
}
