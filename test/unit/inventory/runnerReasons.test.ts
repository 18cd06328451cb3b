import {
  CALM,
  RUNNER,
  OTHER,
  MANAGED,
  INACTIVE,
  DEGRADED,
  testStatuses,
  type StatusCase,
} from './statusCases.ts';
import { AS_OF } from './withStatuses.ts';

const CASES: readonly StatusCase[] = [
  {
    when: 'two integrations have the same host, however it is written',
    others: [{ id: OTHER, host: 'GitHub.com' }],
    expectRunner: 'attention: duplicateHost',
    expectIntegration: 'unchecked (attention)',
  },
  {
    when: 'three integrations have the same host',
    others: [
      { id: OTHER, host: 'GitHub.com' },
      { id: RUNNER, host: 'https://github.com' },
    ],
    expectRunner: 'attention: duplicateHost',
  },
  {
    when: 'two integrations have the same host, but other virtual directories',
    integration: { scmId: 'azuredevops_server', host: 'tfs.example', virtualDirectory: '/tfs' },
    others: [{ id: OTHER, scmId: 'azuredevops_server', host: 'tfs.example', virtualDirectory: '/other' }],
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'a remote runner is offline',
    runner: { phase: INACTIVE },
    expectRunner: 'broken: offline',
    expectIntegration: 'unchecked (broken)',
  },
  {
    when: "a person's computer is off",
    runner: { phase: INACTIVE, kind: 'RUNNER_KIND_LOCAL' },
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'a runner is degraded',
    runner: { phase: DEGRADED },
    expectRunner: 'attention: degraded',
    expectIntegration: 'unchecked (attention)',
  },
  {
    when: 'a managed runner is offline',
    runner: { ...MANAGED, phase: INACTIVE },
    expectRunner: 'broken: offline',
  },
  ...['CREATED', 'DELETING', 'DELETED', 'UNSPECIFIED', 'NAPPING'].map((phase) => ({
    when: `a runner is ${phase}`,
    runner: { phase: `RUNNER_PHASE_${phase}` },
    expectRunner: CALM,
    expectIntegration: CALM,
  })),
  {
    when: 'the shared configuration of local runners has a phase',
    runner: { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION', phase: INACTIVE },
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'the runner is not in the list',
    runner: 'unknown',
    integration: { pat: false },
    expectRunner: CALM,
    expectIntegration: 'broken: noSignIn',
  },
  {
    when: 'a live runner has no integrations',
    integration: null,
    expectRunner: 'attention: noIntegrations',
  },
  {
    when: 'a degraded runner has no integrations',
    integration: null,
    runner: { phase: DEGRADED },
    expectRunner: 'attention: degraded noIntegrations',
  },
  {
    when: 'a runner that is offline has no integrations',
    integration: null,
    runner: { phase: INACTIVE },
    expectRunner: 'broken: offline',
  },
  {
    when: 'a managed runner has no integrations',
    integration: null,
    runner: MANAGED,
    expectRunner: CALM,
  },
  {
    when: 'a local runner has no integrations: it uses the shared ones',
    integration: null,
    runner: { kind: 'RUNNER_KIND_LOCAL' },
    expectRunner: CALM,
  },
  {
    when: 'the integrations of a runner have never been read to the end',
    integration: null,
    data: { completeRunnerIds: new Set([OTHER]) },
    expectRunner: CALM,
  },
  {
    when: 'an integration of the runner could not be read',
    integration: null,
    data: {
      leftOut: {
        runners: [],
        integrations: [{ key: 'x', fault: 'host is not string', runnerId: RUNNER }],
        asOf: AS_OF,
      },
    },
    expectRunner: CALM,
  },
];

describe('the status of a runner', () => testStatuses('if', CASES));
