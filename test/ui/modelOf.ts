import { detailsModel } from '../../src/views/details/detailsModel.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import { integrationEntry, runnerEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';

const asOf = new Date('2026-11-27T14:02:31Z');

/** The panel's model of an integration, or of a runner if no host is given. */
export function modelOf(organization: SandboxOrganization, runner: string, host?: string, pinned = false) {
  const runners = sampleEntries(organization);
  const entry = host === undefined ? runnerEntry(runners, runner) : integrationEntry(runners, runner, host);
  return detailsModel(entry, runners, { asOf, pinned });
}
