import { registerBackup } from './backup.command.js';
import type { RegisterCommand } from './cli-context.js';
import { registerClientsCreate } from './clients-create.command.js';
import { registerClientsList } from './clients-list.command.js';
import { registerClientsRate } from './clients-rate.command.js';
import { registerClientsRevoke } from './clients-revoke.command.js';
import { registerClientsRotate } from './clients-rotate.command.js';
import { registerDataverseApply } from './dataverse-apply.command.js';
import { registerDataverseCheck } from './dataverse-check.command.js';
import { registerDataverseDiscover } from './dataverse-discover.command.js';
import { registerDataverseEndpoints } from './dataverse-endpoints.command.js';
import { registerDataverseExport } from './dataverse-export.command.js';
import { registerDataverseGrant } from './dataverse-grant.command.js';
import { registerDataverseImport } from './dataverse-import.command.js';
import { registerDataversePlan } from './dataverse-plan.command.js';
import { registerDataverseVerify } from './dataverse-verify.command.js';
import { registerEmulate } from './emulate.command.js';
import { registerEventsCancel } from './events-cancel.command.js';
import { registerEventsErase } from './events-erase.command.js';
import { registerEventsList } from './events-list.command.js';
import { registerEventsReplay } from './events-replay.command.js';
import { registerEventsShow } from './events-show.command.js';
import { registerEventsSummary } from './events-summary.command.js';
import { registerGatesList } from './gates-list.command.js';
import { registerGatesPause } from './gates-pause.command.js';
import { registerGatesProbe } from './gates-probe.command.js';
import { registerGatesResume } from './gates-resume.command.js';
import { registerHealth } from './health.command.js';
import { registerOpenapi } from './openapi.command.js';
import { registerSandbox } from './sandbox.command.js';
import { registerSend } from './send.command.js';
import { registerServe } from './serve.command.js';
import { registerStoreCopy } from './store-copy.command.js';

/** Every command there is, in the order in which help lists them. */
export const COMMANDS: readonly RegisterCommand[] = [
  registerServe,
  registerSandbox,
  registerEmulate,
  registerSend,
  registerEventsList,
  registerEventsShow,
  registerEventsSummary,
  registerEventsReplay,
  registerEventsCancel,
  registerEventsErase,
  registerGatesList,
  registerGatesPause,
  registerGatesResume,
  registerGatesProbe,
  registerClientsCreate,
  registerClientsList,
  registerClientsRotate,
  registerClientsRevoke,
  registerClientsRate,
  registerDataversePlan,
  registerDataverseApply,
  registerDataverseVerify,
  registerDataverseExport,
  registerDataverseEndpoints,
  registerDataverseDiscover,
  registerDataverseImport,
  registerDataverseCheck,
  registerDataverseGrant,
  registerBackup,
  registerStoreCopy,
  registerOpenapi,
  registerHealth,
];
