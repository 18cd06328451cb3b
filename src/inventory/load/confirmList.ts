import type { OnaApiError } from '../../api/transport/errors.ts';
import { inSlices } from '../../base/slices.ts';
import type { MissingItems } from './confirmMissing.ts';
import type { MergedLeftOut } from './mergedLeftOut.ts';
import type { MergedList } from './mergedList.ts';

/** A list that was read to the end, and how to ask for what it misses. */
export interface ReadList<T extends object> extends Pick<
  MissingItems<T>,
  'requestsFor' | 'ask' | 'walk' | 'pages'
> {
  readonly name: 'runners' | 'integrations';
  readonly list: MergedList<T>;
  readonly leftOut: MergedLeftOut;
}

/**
 * Drops what a list did not contain, if that is certain.
 *
 * @returns why that could not be found out
 */
export async function confirmList<T extends { readonly id: string }>({
  name,
  list,
  leftOut,
  ...ways
}: ReadList<T>): Promise<OnaApiError | undefined> {
  const missing = (of?: readonly T[]) => inSlices(list.unproved(of));
  const isUnsure = async () => ways.pages > 1 && (await inSlices(leftOut.unseen(name))).length > 0;
  if ((await missing()).length > 0 || (await isUnsure())) {
    const { confirmMissing } = await import('./onDemand.ts');
    const drop = (items: readonly T[]) => inSlices(list.drop(items));
    const error = await confirmMissing({ ...ways, missing, isUnsure, drop });
    if (error !== undefined) {
      return error;
    }
  }
  await inSlices(leftOut.dropUnseen(name));
  return undefined;
}
