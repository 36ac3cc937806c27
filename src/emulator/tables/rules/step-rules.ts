import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { invalid } from '../writes/refusals.js';
import type { WriteScope } from '../writes/write-scope.js';
import type { TableRules } from './table-rules.js';

const SYNCHRONOUS = 0;
const POST_OPERATION = 40;
const STAGES: readonly unknown[] = [10, 20, POST_OPERATION];
const WEBHOOK = 8;
const NO_STEPS = 0;
const ASYNC_ONLY = 1;
const WITH_IMAGES: readonly unknown[] = [
  'Assign',
  'Create',
  'Delete',
  'DeliverIncoming',
  'DeliverPromote',
  'Merge',
  'Route',
  'Send',
  'SetState',
  'Update',
];

/** Steps: where and how they may be registered. */
export const STEP_RULES: TableRules = {
  refuse: (scope, row) =>
    refuseStage(row) ?? refuseHandler(scope, row) ?? refuseFilter(scope, row) ?? refuseMessage(scope, row),
};

/** Images: only some messages have a row that an image can be made of. */
export const STEP_IMAGE_RULES: TableRules = {
  refuse: ({ rows }, row) => {
    const step = rows.find('sdkmessageprocessingstep', `${row.sdkmessageprocessingstepid}`);
    const message = rows.find('sdkmessage', `${step?.sdkmessageid}`)?.name ?? null;
    if (WITH_IMAGES.includes(message)) return null;
    return { status: 400, code: '0x80044189', message: `Message '${message}' does not support image registration.` };
  },
};

function refuseStage({ stage, mode }: Row): Refusal | null {
  if (!STAGES.includes(stage))
    return invalid(
      `Steps cannot be registered in stage ${stage}: PreValidation 10, PreOperation 20 or PostOperation 40.`,
    );
  return mode !== SYNCHRONOUS && stage !== POST_OPERATION
    ? invalid('Asynchronous steps can be registered in the stage PostOperation (40) only.')
    : null;
}

function refuseHandler({ rows }: WriteScope, row: Row): Refusal | null {
  const endpoint = rows.find('serviceendpoint', `${row.eventhandler}`);
  if (endpoint === null) return null;
  if (row.configuration !== null) return invalid('A step of a service endpoint cannot have configuration.');
  return endpoint.contract !== WEBHOOK && row.mode === SYNCHRONOUS
    ? invalid('Only asynchronous steps can post to a service bus.')
    : null;
}

function refuseFilter({ rows }: WriteScope, row: Row): Refusal | null {
  const filter = rows.find('sdkmessagefilter', `${row.sdkmessagefilterid}`);
  if (filter === null) return null;
  if (filter.sdkmessageid !== row.sdkmessageid)
    return invalid('The message filter is not one of the message of the step.');
  return filter.iscustomprocessingstepallowed === true ? null : notAllowed(row);
}

/**
 * Whether the custom API behind the message allows steps; system messages without a filter that allows steps allow
 * none.
 */
function refuseMessage({ rows }: WriteScope, row: Row): Refusal | null {
  const api = rows.of('customapi').find(({ sdkmessageid }) => sdkmessageid === row.sdkmessageid);
  if (api !== undefined) {
    const allowed = api.allowedcustomprocessingsteptype;
    return allowed === NO_STEPS || (allowed === ASYNC_ONLY && row.mode === SYNCHRONOUS) ? notAllowed(row) : null;
  }
  const filters = rows.of('sdkmessagefilter').filter(({ sdkmessageid }) => sdkmessageid === row.sdkmessageid);
  return filters.some((filter) => filter.iscustomprocessingstepallowed === true) ? null : notAllowed(row);
}

/** SdkCustomProcessingStepIsNotAllowed; that it is this code for a synchronous step on an Async Only API is inferred. */
function notAllowed({ sdkmessagefilterid }: Row): Refusal {
  const what = sdkmessagefilterid === null ? 'message' : 'message and entity';
  const message = `Custom SdkMessageProcessingStep is not allowed on the specified ${what}.`;
  return { status: 400, code: '0x80044187', message };
}
