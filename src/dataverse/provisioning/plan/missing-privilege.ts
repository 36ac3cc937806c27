import type { Obstacle } from '../change.js';

/** A privilege that callers should need and that nobody can have. */
export function missingPrivilege(name: string): Obstacle {
  return {
    component: 'privilege',
    name,
    type: null,
    what: `There is no privilege '${name}' in this environment`,
    why: 'Dataverse takes no custom API that asks for a privilege that does not exist',
    advice:
      'correct --execute-privilege: privileges are named `prv<Right><Table>`, in the case of letters that they have, and come ' +
      'with a table, so that its solution has to be installed first',
  };
}
