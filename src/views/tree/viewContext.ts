import { isOnaHost } from '../../account/apiUrl.ts';
import { keyProblemOf, type Session } from '../../account/sessionState.ts';
import { type InventoryState, isEmpty } from '../../inventory/model.ts';
import type { ContextKeys } from '../../names.ts';
import type { TreeOptions } from './treeLayout.ts';

export interface ViewContext {
  readonly session: Session;
  /** The state of the rows, which may be a moment behind the inventory. */
  readonly state: InventoryState;
  readonly layout: TreeOptions;
  readonly isLoading: boolean;
}

/** The values of the context keys, in the order to set them: what welcome views read with the state comes before it. */
export function contextKeysOf({ session, state, layout, isLoading }: ViewContext): ContextKeys {
  return {
    'onaScm.filtered': layout.filter !== undefined,
    'onaScm.problemsOnly': layout.filter?.isProblemsOnly === true,
    'onaScm.sortOrder': layout.problemsFirst === true ? 'problems' : 'name',
    'onaScm.ownHost': session.kind === 'signedOut' && !isOnaHost(session.apiUrl),
    'onaScm.keyLost': session.kind === 'signedOut' && (session.lost ?? session.keyProblem) !== undefined,
    'onaScm.keyProblem': keyProblemOf(session) ?? '',
    'onaScm.unusableKey': session.kind === 'signedOut' ? (session.unusableKey?.variable ?? '') : '',
    'onaScm.signedOutElsewhere': session.kind === 'signedOut' && session.isElsewhere === true,
    'onaScm.canCancel': state.kind === 'loading' || state.retry !== undefined,
    'onaScm.problem': state.error?.problem ?? '',
    'onaScm.leftOut': state.data.leftOut !== undefined && !isEmpty(state.data),
    'onaScm.state': stateKey(session, state),
    'onaScm.loading': isLoading,
    'onaScm.signedIn': session.kind === 'signedIn',
    'onaScm.serviceAccount':
      session.kind === 'signedIn' && session.account?.principal === 'PRINCIPAL_SERVICE_ACCOUNT',
  };
}

function stateKey(session: Session, state: InventoryState): ContextKeys['onaScm.state'] {
  if (session.kind !== 'signedIn') {
    return session.kind;
  }
  return state.kind === 'ready' && isEmpty(state.data) ? 'empty' : state.kind;
}
