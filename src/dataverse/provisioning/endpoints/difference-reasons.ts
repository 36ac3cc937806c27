import type { Change } from '../change.js';

/** Why it matters that a column is not as wished; if several differ, the first one here is shown. */
const REASONS: Readonly<Record<string, string>> = {
  statecode: 'A disabled step carries nothing: the events of this type do not reach the receiver.',
  mode: 'A synchronous step lets the receiver hold up the call of the gateway, and fail it.',
  stage: 'Before the operation is through, the receiver would be told of events that then did not happen.',
  sdkmessageid: 'The receiver gets other events than those it is meant for.',
  eventhandler: 'The events go to another receiver.',
  impersonatinguserid: 'The receiver is told another user than the one who sent the event.',
  filteringattributes: 'A filter by columns means nothing to a custom API; what it holds back is not documented.',
  asyncautodelete: 'Every event that was delivered leaves a system job behind, and they fill the environment.',
  url: 'Events go to another address than the one that is meant, with the keys that are meant for it.',
  namespaceaddress: 'Events go to another namespace than the one that is meant, or nowhere.',
  path: 'Events go to another queue, topic or hub than the one that is meant, or nowhere.',
  authtype: 'The receiver is shown its key where it does not look for it, and refuses the events.',
  authvalue: 'Without its key the receiver refuses the events.',
  saskey: 'Without its key Azure refuses the events.',
  saskeyname: 'The key is not that of this name: Azure refuses the events.',
  messageformat: 'The receiver gets events in a format that it does not read.',
  rank: 'Of several steps on one message another one is queued first.',
};

/** Why the change of an endpoint or a step is due. */
export function reasonFor({
  action,
  component,
  differences,
}: Pick<Change, 'action' | 'component' | 'differences'>): string {
  if (action === 'create') return component === 'step' ? 'The events of this type are not carried on.' : NOTHING_SENT;
  const columns = new Set(differences.map(({ column }) => column));
  const [reason] = Object.entries(REASONS).filter(([column]) => columns.has(column));
  return reason?.[1] ?? 'What was agreed on with the receiver is not what is there.';
}

const NOTHING_SENT = 'Nothing is sent to its receiver.';
