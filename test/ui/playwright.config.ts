import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { outputDir } from './records.ts';
import { testTimeout } from './speed.ts';

// The product shows times in the machine's time zone.
process.env['TZ'] = 'UTC';

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  outputDir: `../../${outputDir}`,
  globalSetup: './globalSetup.ts',
  reporter: './reporter.ts',
  timeout: testTimeout,
  retries: 1,
  // A window uses more than one core while it opens.
  workers: Math.max(1, Math.min(2, availableParallelism())),
  use: { screenshot: 'only-on-failure', trace: 'on-first-retry' },
});
