import { isUuid, MAX_FILTER_IDS, PAGE_SIZE } from '../../api/transport/limits.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import { inSlices } from '../../base/slices.ts';
import { byRunner } from '../byRunner.ts';
import type { NamedRequest } from './confirmMissing.ts';

export interface NamedRequestsOptions {
  /** All integrations, as far as they are known. */
  readonly known: readonly ScmIntegration[];
  /** The most items that a page has had; 0 if that is not known. */
  readonly pageSize: number;
  /** Whether each request is for one runner only. */
  readonly areAlone: boolean;
}

/**
 * The requests to ask for missing integrations by the names of their runners. Runners whose integrations fill more than
 * one page cannot be asked for: their list may shift too.
 */
export async function namedRequests(
  missing: readonly ScmIntegration[],
  { known, pageSize, areAlone }: NamedRequestsOptions,
): Promise<readonly NamedRequest<ScmIntegration>[]> {
  const room = pageSize > 0 ? pageSize : PAGE_SIZE;
  const knownByRunner = await inSlices(byRunner(known));
  const requests: { runnerIds: string[]; items: ScmIntegration[] }[] = [];
  let left = 0;
  for (const [id, own] of await inSlices(byRunner(missing))) {
    const count = knownByRunner.get(id)?.length ?? 0;
    const last = requests.at(-1);
    if (!isUuid(id) || count - own.length > room) {
      continue;
    }
    if (last === undefined || areAlone || count > left || last.runnerIds.length === MAX_FILTER_IDS) {
      requests.push({ runnerIds: [id], items: own });
      left = room - count;
    } else {
      last.runnerIds.push(id);
      last.items.push(...own);
      left -= count;
    }
  }
  return requests;
}
