import { type ResourceEvent, WATCHED } from '../../api/events.ts';
import type { InventoryData } from '../model.ts';
import type { ChangedPart } from './eventQueue.ts';

/**
 * What an event says to read again; undefined if nothing. A change of a runner can mean that its integrations have
 * changed: the API may not send events of integrations.
 */
export function changedPartOf(
  { operation, resourceType, resourceId }: ResourceEvent,
  { runners, integrations }: InventoryData,
): ChangedPart | undefined {
  switch (resourceType) {
    case WATCHED.runner:
      return {
        kind: 'runner',
        id: resourceId,
        // The integrations of a runner that is not listed yet have to be read as well.
        isStatus:
          operation === 'RESOURCE_OPERATION_UPDATE_STATUS' && runners.some(({ id }) => id === resourceId),
      };
    case WATCHED.integration: {
      const runnerId = integrations.find(({ id }) => id === resourceId)?.runnerId;
      if (runnerId !== undefined) {
        return { kind: 'runner', id: runnerId, isStatus: false };
      }
      // There is no row of it to remove.
      return operation === 'RESOURCE_OPERATION_DELETE' ? undefined : { kind: 'integration', id: resourceId };
    }
    case WATCHED.signIn:
      return { kind: 'signIns' };
    default:
      // Keeps the stream alive, or is of no interest.
      return undefined;
  }
}
