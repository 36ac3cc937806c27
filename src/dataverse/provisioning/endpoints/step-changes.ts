import type { Bind, Change, ColumnDifference } from '../change.js';
import type { DeployedStep } from './deployed-endpoint.js';
import type { WishedStep } from './wished-step.js';

const SET = 'sdkmessageprocessingsteps';

/** A lookup, unset by the name of its navigation property. */
const IMPERSONATION = 'impersonatinguserid';

/**
 * Makes a step. The platform makes its message together with the custom API, so the message is looked up when the write
 * is due.
 */
export function createStep(step: WishedStep, endpointId: string): Change {
  const row = Object.fromEntries(
    // A new row is enabled; Dataverse ignores the state in a create.
    Object.entries(step.cells).filter(([column, value]) => value !== null && column !== 'statecode'),
  );
  const binds = [messageBind(step), handlerBind(endpointId)];
  return {
    ...described(step),
    action: 'create',
    differences: [],
    operations: [{ kind: 'create', set: SET, primaryKey: 'sdkmessageprocessingstepid', id: step.id, row, binds }],
  };
}

/** Writes what differs, and nothing else. */
export function updateStep(
  step: WishedStep,
  deployed: { readonly id: string; readonly endpointId: string; readonly differences: readonly ColumnDifference[] },
): Change {
  const differing = new Set(deployed.differences.map(({ column }) => column));
  const changed = Object.entries(step.cells)
    .filter(([column]) => differing.has(column))
    .map(([column, value]) => [column === IMPERSONATION ? `${column}@odata.bind` : column, value]);
  const enabled = differing.has('statecode') ? { statuscode: 1 } : {};
  const binds = [
    ...(differing.has('sdkmessageid') ? [messageBind(step)] : []),
    ...(differing.has('eventhandler') ? [handlerBind(deployed.endpointId)] : []),
  ];
  const row = { ...Object.fromEntries(changed), ...enabled };
  return {
    ...described(step),
    action: 'update',
    differences: deployed.differences,
    operations: [{ kind: 'update', set: SET, id: deployed.id, row, binds }],
  };
}

export function deleteStep({ id, name }: DeployedStep): Change {
  return {
    action: 'delete',
    component: 'step',
    name,
    type: null,
    differences: [],
    operations: [{ kind: 'delete', set: SET, id }],
  };
}

function messageBind({ message }: WishedStep): Bind {
  const filter = `name eq '${message}'`;
  return { navigation: 'sdkmessageid', set: 'sdkmessages', to: { filter, primaryKey: 'sdkmessageid' } };
}

function handlerBind(id: string): Bind {
  return { navigation: 'eventhandler_serviceendpoint', set: 'serviceendpoints', to: { id } };
}

function described({ name, type }: WishedStep): Pick<Change, 'component' | 'name' | 'type'> {
  return { component: 'step', name, type };
}
