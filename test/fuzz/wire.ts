import fc from 'fast-check';
import type { SandboxMethod } from '../sandbox/methods.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/sampleOrganization.ts';
import { type Json, type Members, objectOf } from './json.ts';

/** For the fields whose values nobody may see, and for some that this product does not know. */
export const secret = fc.constantFrom<Json>(
  SECRET_MARKER,
  SECRET_MARKER_BASE64,
  [SECRET_MARKER],
  objectOf({ host: SECRET_MARKER, [SECRET_MARKER]: 1 }),
  '',
);

/** Texts as the API sends them, ids from so few that they repeat. */
export const honestText = fc.constantFrom(
  '',
  'a',
  'b',
  '0198a1d2-0000-7000-8000-000000000001',
  '0198a1d2-0000-7000-8000-000000000002',
  'github.com',
  'gitlab.acme.example:8443',
  'eu-production',
  '2026-08-18T07:45:12.003Z',
  'https://gateway.example/path?query#fragment',
);

const flag = fc.boolean();
const hour = fc.integer({ min: -1, max: 25 });

/**
 * Answers of each call that its decoder takes; any field may be missing, or null.
 *
 * @param text what stands in their fields
 */
export function validAnswers(text: fc.Arbitrary<string>): Record<SandboxMethod, fc.Arbitrary<Json>> {
  const named = message({ id: text, name: text, createdAt: text, tier: text });
  const pagination = message({ nextToken: text });
  return {
    ListSCMIntegrations: message({ integrations: listOf(integration(text)), pagination }),
    ListRunners: message({ runners: listOf(runner(text)), pagination }),
    GetAuthenticatedIdentity: message({
      subject: message({ id: text, principal: enumOf('PRINCIPAL', 'USER', 'SERVICE_ACCOUNT') }),
      organizationId: text,
      organizationTier: text,
    }),
    GetOrganization: message({ organization: named }),
    GetAuthenticatedUser: message({ user: named }),
  };
}

function integration(text: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  return message({
    id: text,
    runnerId: text,
    scmId: text,
    host: text,
    oauth: message({ clientId: text, issuerUrl: text, encryptedClientSecret: secret }),
    pat: flag,
    virtualDirectory: text,
    unknownField: secret,
  });
}

function runner(text: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  const phase = enumOf('RUNNER_PHASE', 'ACTIVE', 'DEGRADED');
  return message({
    runnerId: text,
    name: text,
    kind: enumOf('RUNNER_KIND', 'REMOTE', 'LOCAL_CONFIGURATION'),
    provider: enumOf('RUNNER_PROVIDER', 'AWS_EC2', 'MANAGED'),
    createdAt: text,
    updatedAt: text,
    creator: message({ id: text, principal: enumOf('PRINCIPAL', 'USER') }),
    runnerManagerId: text,
    spec: message({
      desiredPhase: phase,
      variant: enumOf('RUNNER_VARIANT', 'ENTERPRISE'),
      configuration: message({
        region: text,
        releaseChannel: enumOf('RUNNER_RELEASE_CHANNEL', 'STABLE'),
        autoUpdate: flag,
        logLevel: enumOf('LOG_LEVEL', 'INFO'),
        devcontainerImageCacheEnabled: flag,
        continuousProfiling: flag,
        updateWindow: message({ startHour: hour, endHour: hour }),
        metrics: message({
          enabled: flag,
          url: text,
          username: text,
          password: secret,
          managedMetricsEnabled: flag,
        }),
        encryptedHoneycombApiKey: secret,
      }),
    }),
    status: message({
      phase,
      message: text,
      updatedAt: text,
      version: text,
      region: text,
      systemDetails: text,
      capabilities: listOf(enumOf('RUNNER_CAPABILITY', 'AGENT_EXECUTION')),
      additionalInfo: listOf(message({ key: text, value: text })),
      gatewayInfo: message({ gateway: message({ name: text, url: text, region: text }), latency: text }),
      publicKey: secret,
    }),
  });
}

function listOf(item: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.array(item, { maxLength: 3 });
}

function enumOf(prefix: string, ...names: readonly string[]): fc.Arbitrary<Json> {
  return fc.constantFrom<Json>(`${prefix}_UNSPECIFIED`, ...names.map((name) => `${prefix}_${name}`), 0, 99);
}

function message(fields: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<Members> {
  const optional = Object.entries(fields).map(
    ([name, value]) => [name, fc.option(value, { freq: 20 })] as const,
  );
  return fc.record(Object.fromEntries(optional), { requiredKeys: [] }).map(objectOf);
}
