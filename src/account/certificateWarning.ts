/*
 * Loaded on demand: hardly any window has something to warn about.
 */

/** Those that VS Code's `@vscode/proxy-agent` reads, in its order. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/**
 * What to log if the environment turns off certificate checks (`NODE_TLS_REJECT_UNAUTHORIZED=0`), which applies to Ona's
 * own address too. Any code that runs there can read the environment's key anyway, so this is all that helps. Contains
 * only names of variables: a proxy's address may have a password in it.
 */
export function certificateWarning(variables: Readonly<Record<string, string | undefined>>): string {
  const proxy = PROXY_VARIABLES.find((variable) => variables[variable]);
  const who = proxy === undefined ? 'Whoever' : `The proxy in ${proxy}, and whoever else`;
  return `NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment turns off the checks of certificates for all requests of this window's extensions. ${who} is between this machine and the API can pretend to be the API and read the API key.`;
}
