import { apiOrigin, DASHBOARD_HOST, isOnaHost } from './apiUrl.ts';

/*
 * Loaded on demand, unlike `apiUrl.ts`.
 */

/** The page where the user creates a key for this API. */
export function createKeyUrl(apiUrl: string): string {
  return `${dashboardOrigin(apiUrl)}/settings/personal-access-tokens`;
}

/** The page where people sign in to hosts, and renew their tokens for them. */
export function gitAuthenticationsUrl(apiUrl: string): string {
  return `${dashboardOrigin(apiUrl)}/settings/git-authentications`;
}

/**
 * The page of a runner in the dashboard, or that of all runners.
 *
 * @param runner undefined for all. The dashboard has pages only for remote runners.
 */
export function runnerSettingsUrl(
  apiUrl: string,
  runner?: { readonly id: string; readonly kind: string },
): string {
  const all = `${dashboardOrigin(apiUrl)}/settings/runners`;
  // A browser would read an ID of one or two dots as another folder.
  return runner?.kind === 'RUNNER_KIND_REMOTE' && !/^\.{0,2}$/.test(runner.id)
    ? `${all}/${encodeURIComponent(runner.id.toWellFormed())}`
    : all;
}

function dashboardOrigin(apiUrl: string): string {
  return isOnaHost(apiUrl) ? `https://${DASHBOARD_HOST}` : apiOrigin(apiUrl);
}
