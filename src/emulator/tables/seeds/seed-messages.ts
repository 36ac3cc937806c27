import { stableGuid } from '../../stable-guid.js';
import type { Tables } from '../tables.js';
import { BUSINESS_ENTITIES } from './seed-entities.js';

/** A system message, and the tables it has filters for. */
interface SystemMessage {
  readonly name: string;
  readonly tables: readonly string[];
  readonly isPrivate?: boolean;
  readonly allowsSteps?: boolean;
  readonly isVisible?: boolean;
}

const BUSINESS = BUSINESS_ENTITIES.map(({ logicalName }) => logicalName);

/**
 * Some of the platform's messages: some that steps may be registered on, and one of each kind that discovery leaves
 * out.
 */
const MESSAGES: readonly SystemMessage[] = [
  { name: 'Create', tables: BUSINESS },
  { name: 'Update', tables: BUSINESS },
  { name: 'Delete', tables: BUSINESS },
  { name: 'Associate', tables: ['none'] },
  { name: 'Disassociate', tables: ['none'] },
  { name: 'Execute', tables: ['none'] },
  { name: 'SetRelated', tables: ['none'] },
  { name: 'RemoveRelated', tables: ['none'] },
  { name: 'SetStateDynamicEntity', tables: BUSINESS },
  { name: 'RetrieveFormattedImportJobResults', tables: ['none'], allowsSteps: false },
  { name: 'BulkOperationStatusClose', tables: ['none'], isVisible: false },
  { name: 'GetTimelineInternal', tables: ['none'], isPrivate: true },
];

export function seedMessages(tables: Tables): void {
  for (const message of MESSAGES) {
    const sdkmessageid = stableGuid(`message ${message.name}`);
    tables.putRow('sdkmessage', {
      sdkmessageid,
      name: message.name,
      isprivate: message.isPrivate ?? false,
      ismanaged: true,
    });
    for (const table of message.tables) {
      tables.putRow('sdkmessagefilter', {
        sdkmessagefilterid: stableGuid(`filter ${message.name} ${table}`),
        sdkmessageid,
        primaryobjecttypecode: table,
        iscustomprocessingstepallowed: message.allowsSteps ?? true,
        isvisible: message.isVisible ?? true,
        ismanaged: true,
      });
    }
  }
}
