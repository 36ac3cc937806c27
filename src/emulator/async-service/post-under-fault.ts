import type { Faults } from '../faults/faults.js';
import type { PostOrder, PostOutcome } from './endpoint-post.js';

/** Posts, unless a fault that was ordered for posts changes that. Null where the emulator stopped meanwhile. */
export async function postUnderFault(
  faults: Faults,
  { context, facts }: PostOrder,
  post: () => Promise<PostOutcome>,
): Promise<PostOutcome | null> {
  const struck = faults.take({
    target: 'post',
    customApi: facts.requestName,
    table: null,
    method: 'POST',
    clientId: null,
    body: () => context,
  });
  if (struck === null) return post();
  if (!(await faults.holdUp(struck, () => new Promise(() => undefined)))) return null;
  if (struck.fault.kind === 'drop') return { kind: 'done', status: null, tries: 0, stripped: false };
  if (struck.fault.kind === 'twice') await post();
  return post();
}
