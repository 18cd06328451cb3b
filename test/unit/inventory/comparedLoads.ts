import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { Change } from '../../../src/inventory/changes.ts';
import { type ChangeOptions, changeSteps } from '../../../src/inventory/changeSteps.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { atOnce } from '../base/atOnce.ts';
import { integrationOf, runnerOf } from './fixtures.ts';

export const SINCE = new Date('2026-11-27T17:40:00Z');
export const AT = new Date('2026-11-28T08:01:00Z');

export const eu = runnerOf({ id: 'r1', name: 'eu', version: '20260801' });
export const us = runnerOf({ id: 'r2', name: 'us' });
export const oauth = { clientId: 'client', issuerUrl: 'https://id.example', clientSecretSet: true };
export const withoutOAuth = integrationOf({ id: 'i1', runnerId: 'r1' });
export const github: ScmIntegration = { ...withoutOAuth, oauth };
export const gitlab = integrationOf({ id: 'i2', runnerId: 'r1', scmId: 'gitlab', host: 'gitlab.example' });
export const BASE: InventoryData = { runners: [eu, us], integrations: [github, gitlab] };

export function compare(
  before: InventoryData,
  after: InventoryData,
  options?: ChangeOptions,
): readonly Change[] {
  return atOnce(changeSteps({ data: before, asOf: SINCE }, { data: after, asOf: AT }, options));
}

/** Each change in short, e.g. `r1 phaseChanged ACTIVE → INACTIVE`. */
export function said(before: InventoryData, after: InventoryData, options?: ChangeOptions): string[] {
  return compare(before, after, options).map((change) => {
    const item =
      'integration' in change ? `${change.runner.id}/${change.integration.host}` : change.runner.id;
    const visibility = 'byVisibility' in change ? ' ?' : '';
    return `${item} ${change.kind}${detailOf(change)}${visibility}`;
  });
}

function detailOf(change: Change): string {
  switch (change.kind) {
    case 'integrationAdded':
    case 'integrationRemoved':
      return ` ${change.methods.join('+')}`;
    case 'methodChanged':
      return ` ${change.method} ${change.isOn ? 'on' : 'off'}`;
    case 'fieldChanged':
      return ` ${change.field} ${change.old} → ${change.new}`;
    case 'runnerAdded':
    case 'runnerRemoved':
      return ` ${change.phase} ${change.integrations}`;
    case 'phaseChanged':
    case 'versionChanged':
      return ` ${change.old} → ${change.new}`.replaceAll('RUNNER_PHASE_', '');
  }
}

export const integration = (fields: Partial<ScmIntegration>, of = github): InventoryData => ({
  ...BASE,
  integrations: BASE.integrations.map((one) => (one === of ? { ...of, ...fields } : one)),
});
export const runner = (fields: Partial<Runner>): InventoryData => ({
  ...BASE,
  runners: [{ ...eu, ...fields }, us],
});
