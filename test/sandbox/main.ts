import { parseArgs } from 'node:util';
import { curlExamples } from './curlExamples.ts';
import { deterministicUuid } from './deterministicUuid.ts';
import { emptyOrganization } from './emptyOrganization.ts';
import { startSandbox } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
  },
});

const sandbox = await startSandbox({
  port: wholeNumber('port', values.port),
  latencyMs: wholeNumber('latency', values.latency),
});
sandbox.keys.set('sandbox-service-account-key', {
  principal: 'serviceAccount',
  id: deterministicUuid('service account'),
});
sandbox.keys.set('sandbox-empty-key', { principal: 'user', organization: emptyOrganization() });

console.log(`Ona API     ${sandbox.url}`);
for (const [key, { principal, organization }] of sandbox.keys) {
  const { name } = (organization ?? sandbox.organization).profile;
  console.log(`API key     ${key} (${principal} of ${name ?? ''})`);
}
console.log(`Control     curl ${sandbox.controlUrl}`);
curlExamples(sandbox).forEach((line) => console.log(`            ${line}`));
console.log('Ctrl+C ends it.');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/u.test(text)) {
    console.error(`--${name} takes a whole number, not "${text}".`);
    process.exit(2);
  }
  return Number(text);
}
