import { isUuid, MAX_FILTER_IDS, PAGE_SIZE } from '../api/transport/limits.ts';

const METHOD = 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations';

/**
 * The calls that read the integrations of runners, for a POSIX shell: the first page of each. Integrations inherited from
 * Ona's runners are only in the list, so `GetSCMIntegration` would not find every one. The key is that of the environment.
 *
 * @param runnerIds where one is no UUID, which the API's filter refuses, all integrations are listed
 */
export function curlRequest(apiUrl: string, runnerIds: readonly string[]): string {
  const pagination = { pageSize: PAGE_SIZE };
  if (!runnerIds.every(isUuid)) {
    return request(apiUrl, { pagination });
  }
  const chunks = Array.from({ length: Math.ceil(runnerIds.length / MAX_FILTER_IDS) }, (_, i) =>
    runnerIds.slice(i * MAX_FILTER_IDS, (i + 1) * MAX_FILTER_IDS),
  );
  return chunks.map((chunk) => request(apiUrl, { filter: { runnerIds: chunk }, pagination })).join('\n');
}

function request(apiUrl: string, body: object): string {
  return [
    `curl ${quoted(`${apiUrl}/${METHOD}`)}`,
    `--header 'Content-Type: application/json'`,
    // In double quotes: the shell puts the key in.
    `--header "Authorization: Bearer $ONA_API_KEY"`,
    `--data ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}

/** One word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
