import { errorText } from '../words/errors.ts';
import type { CheckKind } from '../checks/checkState.ts';
import { type LeftOut, nothingText } from '../words/checkSummary.ts';
import type { CommandContext } from './command.ts';
import { showMessage } from './showMessage.ts';

/** Says why nobody is asked. */
export function showNothing(
  { groups, log }: CommandContext,
  title: string,
  kind: CheckKind,
  leftOut: readonly LeftOut[],
): void {
  const { error } = groups.state;
  const reason = leftOut.length === 0 && error ? errorText(error) : nothingText(leftOut, kind);
  showMessage('information', `${title}: ${reason}`).catch((failure: unknown) => log.error(failure as Error));
}
