import { type DescEnum, type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import fc from 'fast-check';
import {
  HostAuthenticationTokenSchema,
  SCMIntegrationSchema,
} from '../sandbox/gen/gitpod/v1/runner_configuration_pb.js';
import { RunnerSchema } from '../sandbox/gen/gitpod/v1/runner_pb.js';
import { type SandboxMethod, sandboxMethodNames, sandboxMethods } from '../sandbox/methods.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/secretMarker.ts';
import { type Json, type Members, objectOf } from './json.ts';

/** For secret fields, and for some that this product does not know. */
export const secret = fc.constantFrom<Json>(
  SECRET_MARKER,
  SECRET_MARKER_BASE64,
  [SECRET_MARKER],
  objectOf({ host: SECRET_MARKER, [SECRET_MARKER]: 1 }),
  '',
);

/** Texts as the API sends them; ids from a small set, so they repeat. */
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

/**
 * Answers of each call that its decoder accepts, with the fields of the sandbox's `.proto`; any of them may be missing,
 * or null.
 *
 * @param text the values of their text fields
 */
export function validAnswers(text: fc.Arbitrary<string>): Record<SandboxMethod, fc.Arbitrary<Json>> {
  const answers = sandboxMethodNames.map((name) => [name, message(sandboxMethods[name].output, text)]);
  return Object.fromEntries(answers) as Record<SandboxMethod, fc.Arbitrary<Json>>;
}

/** The field of its response that contains a list's items. */
export const LISTS = {
  ListRunners: 'runners',
  ListSCMIntegrations: 'integrations',
  ListHostAuthenticationTokens: 'tokens',
} as const satisfies Partial<Record<SandboxMethod, string>>;

export type ListMethod = keyof typeof LISTS;

/** Items of each list that its decoder accepts. */
export function validItems(text: fc.Arbitrary<string>): Record<ListMethod, fc.Arbitrary<Members>> {
  return {
    ListRunners: message(RunnerSchema, text),
    ListSCMIntegrations: message(SCMIntegrationSchema, text),
    ListHostAuthenticationTokens: message(HostAuthenticationTokenSchema, text),
  };
}

/** A message that its decoder accepts. Any field may be missing, or null. */
export function message(descriptor: DescMessage, text: fc.Arbitrary<string>): fc.Arbitrary<Members> {
  const fields = descriptor.fields.map((field) => [field.jsonName, valueOf(field, text)] as const);
  const optional = [...fields, ['unknownField', secret] as const].map(
    ([name, value]) => [name, fc.option(value, { freq: 20 })] as const,
  );
  return fc.record(Object.fromEntries(optional), { requiredKeys: [] }).map(objectOf);
}

function valueOf(field: DescField, text: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  switch (field.fieldKind) {
    case 'scalar':
      return scalar(field, text);
    case 'enum':
      return enumOf(field.enum);
    case 'message':
      return messageOf(field.message, text);
    case 'list':
      return fc.array(
        field.listKind === 'message'
          ? messageOf(field.message, text)
          : field.listKind === 'enum'
            ? enumOf(field.enum)
            : scalar(field, text),
        { maxLength: 3 },
      );
    case 'map':
      throw new Error(`${field.name} is a map, which no answer has so far.`);
  }
}

/** Texts that are dropped: passwords, and addresses that start a sign-in. */
const SECRET_TEXTS = ['password', 'auth_url', 'authentication_url'];

/** In the API so far, bytes fields are always secret. */
function scalar(
  { scalar: type, name }: Extract<DescField, { scalar: ScalarType }>,
  text: fc.Arbitrary<string>,
): fc.Arbitrary<Json> {
  if (type === ScalarType.BYTES || SECRET_TEXTS.includes(name)) {
    return secret;
  }
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.INT32:
      return fc.integer({ min: -1, max: 25 });
    default:
      throw new Error(`${name} has a type that no answer has so far.`);
  }
}

/** Times and durations are strings in JSON. */
function messageOf(descriptor: DescMessage, text: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  return descriptor.typeName.startsWith('google.protobuf.') ? text : message(descriptor, text);
}

function enumOf({ values }: DescEnum): fc.Arbitrary<Json> {
  return fc.constantFrom<Json>(...values.map(({ name }) => name), 0, 99);
}
