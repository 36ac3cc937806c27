import { sameCell } from '../../tables/same-cell.js';
import type { Row } from '../../tables/table-definition.js';
import type { Tables } from '../../tables/tables.js';
import { lacksPrivilege } from '../api-errors.js';
import { errorAnswer, jsonAnswer } from '../odata-answer.js';
import { serviceRootOf } from '../tables/table-request.js';
import type { PlatformOperation } from './platform-operation.js';

/** Adds an existing row to a solution. Components that it needs are not added with it. */
export const ADD_SOLUTION_COMPONENT: PlatformOperation = {
  name: 'AddSolutionComponent',
  kind: 'action',
  boundTo: null,
  run: ({
    parameters: { ComponentId, ComponentType, SolutionUniqueName },
    work,
    operation,
    organization: { tables },
  }) => {
    if (!work.user.privileges.has('prvWriteSolution')) return lacksPrivilege('prvWriteSolution', work.user, tables);
    const wanted = String(SolutionUniqueName);
    const solution = tables.rows('solution').find(({ uniquename }) => sameCell(uniquename, wanted));
    if (solution === undefined) {
      return errorAnswer(400, '0x80040203', `The solution with unique name '${SolutionUniqueName}' was not found.`);
    }
    const component = { id: String(ComponentId), type: Number(ComponentType) };
    if (!isThere(component, tables)) {
      const message = `A component of type ${component.type} With Id = ${component.id} Does Not Exist`;
      return errorAnswer(404, '0x80040217', message);
    }
    return jsonAnswer({
      '@odata.context': `${serviceRootOf(work, operation)}/$metadata#Microsoft.Dynamics.CRM.AddSolutionComponentResponse`,
      id: memberOf(solution, component, tables).solutioncomponentid,
    });
  },
};

interface Component {
  readonly id: string;
  readonly type: number;
}

function isThere({ id, type }: Component, tables: Tables): boolean {
  const table = tables.definitions.find(({ componentType }) => componentType === type);
  return table !== undefined && tables.find(table.logicalName, id) !== null;
}

function memberOf({ solutionid = null }: Row, { id, type }: Component, tables: Tables): Row {
  const objectid = id.toLowerCase();
  const known = tables
    .rows('solutioncomponent')
    .find((row) => row.objectid === objectid && row.solutionid === solutionid);
  return (
    known ?? tables.putRow('solutioncomponent', { solutionid, objectid, componenttype: type, rootcomponentbehavior: 0 })
  );
}
