import type { OnaApiError } from '../api/transport/errors.ts';
import type { CheckFailure } from './checkState.ts';

/** What a failed call to a runner means. */
export function checkFailureOf(error: OnaApiError): CheckFailure {
  const { code, detail = '' } = error;
  switch (code) {
    case 'failed_precondition':
      // Other conditions of the API have words of their own.
      return detail === '' || /\bactive\b/i.test(detail) ? { kind: 'notActive' } : { kind: 'failed', error };
    case 'unimplemented':
      // A page that is not there has the same code, but is not the API's.
      return error.problem === 'refused' ? { kind: 'unsupported' } : { kind: 'failed', error };
    case 'permission_denied':
      return { kind: /read[-_ ]?only|mutation/i.test(detail) ? 'readOnlyKey' : 'noPermission' };
    case 'deadline_exceeded':
      return { kind: 'timeout', error };
    default:
      return { kind: 'failed', error };
  }
}
