import { isUuid, MAX_FILTER_IDS, PAGE_SIZE } from '../api/transport/limits.ts';

const METHOD = 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations';

/**
 * Commands for a POSIX shell that list the integrations of runners, each the first page. `GetSCMIntegration` would not
 * find integrations inherited from Ona's runners. The key comes from the environment.
 *
 * @param runnerIds if one is not a UUID, which the API's filter would reject, all integrations are listed
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
    // In double quotes, so that the shell inserts the key.
    `--header "Authorization: Bearer $ONA_API_KEY"`,
    `--data ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}

/** Quotes any text as one word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
