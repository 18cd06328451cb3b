import { DEFAULT_API_URL } from '../../src/account/apiUrl.ts';
import { SignInIndex } from '../../src/inventory/signInIndex.ts';
import type { OrganizationFacts } from '../../src/inventory/statusFacts.ts';
import type { DetailsFacts } from '../../src/views/details/detailsFacts.ts';
import { detailsModel } from '../../src/views/details/detailsModel.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import { integrationEntry, runnerEntry, sampleData } from '../unit/inventory/sampleEntries.ts';
import { withStatuses } from '../unit/inventory/withStatuses.ts';

const asOf = new Date('2026-11-27T14:02:31Z');

type Facts = Partial<DetailsFacts> & Omit<Partial<OrganizationFacts>, 'signIns'>;

/**
 * The panel's model of an integration, or of a runner if no host is given.
 *
 * @param facts what is known beside the lists, and whether the panel is pinned
 */
export function modelOf(
  organization: SandboxOrganization,
  runner: string,
  host?: string,
  { signIns, ...facts }: Facts = {},
) {
  const runners = withStatuses(sampleData(organization), {
    asOf,
    ...facts,
    signIns: signIns && new SignInIndex(signIns),
  });
  const entry = host === undefined ? runnerEntry(runners, runner) : integrationEntry(runners, runner, host);
  return detailsModel(entry, runners, { asOf, pinned: false, apiUrl: DEFAULT_API_URL, signIns, ...facts });
}
