import type { IntegrationEntry } from '../inventory/groups.ts';

/** Whether Terraform can import an integration: it has an ID, and belongs to the organization. */
export function isImportable({
  integration,
  isInherited,
}: Pick<IntegrationEntry, 'integration' | 'isInherited'>): boolean {
  return integration.id !== '' && !isInherited;
}
