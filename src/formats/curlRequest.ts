import { isUuid, MAX_FILTER_IDS, PAGE_SIZE } from '../api/transport/limits.ts';
import { unicodeEscape } from './unicodeEscape.ts';

const METHOD = 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations';

/** `posix` for Bash, zsh and the like; `powerShell` for Windows PowerShell 5.1 and PowerShell 7. */
export type Shell = 'posix' | 'powerShell';

/**
 * Commands for a shell that list the integrations of runners, each the first page. `GetSCMIntegration` would not find
 * integrations inherited from Ona's runners. The key comes from the environment.
 *
 * @param runnerIds if one is not a UUID, which the API's filter would reject, all integrations are listed
 */
export function curlRequest(apiUrl: string, runnerIds: readonly string[], shell: Shell): string {
  const request = shell === 'posix' ? posixRequest : powerShellRequest;
  const pagination = { pageSize: PAGE_SIZE };
  const url = `${apiUrl}/${METHOD}`;
  if (!runnerIds.every(isUuid)) {
    return request(url, { pagination });
  }
  const chunks = Array.from({ length: Math.ceil(runnerIds.length / MAX_FILTER_IDS) }, (_, i) =>
    runnerIds.slice(i * MAX_FILTER_IDS, (i + 1) * MAX_FILTER_IDS),
  );
  return chunks.map((chunk) => request(url, { filter: { runnerIds: chunk }, pagination })).join('\n');
}

/** The shell of people who work on the machine that the extension runs on. */
export function shellOf(platform: NodeJS.Platform): Shell {
  return platform === 'win32' ? 'powerShell' : 'posix';
}

function posixRequest(url: string, body: object): string {
  return [
    `curl ${quoted(url)}`,
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

/**
 * One line, because a console without PSReadLine waits for an additional Enter after several. The body comes through
 * the pipe: Windows PowerShell drops the double quotes in an argument, and what escapes them there is wrong in
 * PowerShell 7. `curl` alone is another command in Windows PowerShell.
 */
function powerShellRequest(url: string, body: object): string {
  return [
    `${powerShellQuoted(asciiJson(body))} | curl.exe ${powerShellQuoted(asciiUrl(url))}`,
    `--header 'Content-Type: application/json'`,
    `--header "Authorization: Bearer $env:ONA_API_KEY"`,
    `--data '@-'`,
  ].join(' ');
}

/** Quotes any text for PowerShell, to which typographic quotation marks are quotation marks too. */
function powerShellQuoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** JSON in ASCII: Windows PowerShell replaces other characters in a pipe by question marks. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(/[^ -~]/g, unicodeEscape);
}

/** The same address without what differs between the versions of PowerShell in an argument. */
function asciiUrl(url: string): string {
  return url.toWellFormed().replace(/[^!#-[\]-~]+/g, encodeURIComponent);
}
