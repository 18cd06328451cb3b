import Mocha from 'mocha';
import { runMocha, TALLY_VARIABLE, writeTally } from '../mochaRun.ts';

/** Called by VS Code in the extension host. */
export async function run(): Promise<void> {
  const grep = process.env['ONA_TEST_GREP'];
  const mocha = new Mocha({ timeout: 30_000, ...(grep && { grep }) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // The first one needs an extension that is not activated yet.
  await import('./activation.test.ts');
  await import('./manifest.test.ts');
  await import('./exportedApi.test.ts');
  await import('./diagnosis.test.ts');
  await import('./saveFile.test.ts');
  await import('./secrets.test.ts');
  const tally = await runMocha(mocha);
  const file = process.env[TALLY_VARIABLE];
  if (file !== undefined) {
    await writeTally(file, tally);
  }
  if (tally.failures.length > 0) {
    throw new Error(`${tally.failures.length} tests failed`);
  }
}
