/** Prefixes all lines that the tests print; the window logs to the same channel, without it. */
export const mark = 'tests|';

/**
 * The source of a CommonJS module whose `run()` is that of the tests module `testsPath`, and which marks everything
 * printed in the extension host from then on as the tests' own.
 */
export function testsWrapper(testsPath: string): string {
  return `const { format } = require('node:util');
const { pathToFileURL } = require('node:url');
const testsPath = ${JSON.stringify(testsPath)};
exports.run = async () => {
  const print = { log: console.log, error: console.error };
  for (const [name, to] of Object.entries({ log: 'log', info: 'log', debug: 'log', warn: 'error', error: 'error' })) {
    const value = (...args) => print[to](${JSON.stringify(mark)} + format(...args));
    // The extension host ignores an assignment.
    Object.defineProperty(console, name, { value, configurable: true, writable: true });
  }
  const tests = testsPath.endsWith('.mjs') ? await import(pathToFileURL(testsPath).href) : require(testsPath);
  await tests.run();
};
`;
}
