import * as v from 'valibot';
import type { Page } from '../../src/api/transport/paging.ts';
import type { Runner } from '../../src/api/runners.ts';
import type { ScmIntegration } from '../../src/api/scmIntegrations.ts';
import { LIST_RUNNERS } from '../../src/api/runners.ts';
import { LIST_SCM_INTEGRATIONS } from '../../src/api/scmIntegrations.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { OrganizationSize } from './loadPlan.ts';

/** Pages of both lists as sent over the network. */
export interface PageTexts {
  readonly runners: readonly string[];
  readonly integrations: readonly string[];
}

/** The answers of an API with this organization, in pages of 100, without tokens. */
export function pageTexts(size: OrganizationSize): PageTexts {
  const { runners, integrations } = largeOrganization(size);
  return {
    runners: pagesOf(runners).map((page) => JSON.stringify({ runners: page })),
    integrations: pagesOf(integrations).map((page) => JSON.stringify({ integrations: page })),
  };
}

export function decodeRunners(text: string): Page<Runner> {
  return { ...v.parse(LIST_RUNNERS.decoder, JSON.parse(text)), leftOut: [] };
}

export function decodeIntegrations(text: string): Page<ScmIntegration> {
  return { ...v.parse(LIST_SCM_INTEGRATIONS.decoder, JSON.parse(text)), leftOut: [] };
}

function pagesOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 100) }, (_, page) =>
    items.slice(page * 100, (page + 1) * 100),
  );
}
