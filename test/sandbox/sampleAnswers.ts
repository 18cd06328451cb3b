import type { SCMIntegrationValidationResultJson } from './gen/gitpod/v1/runner_configuration_pb.js';
import type { CheckAuthenticationForHostResponseJson } from './gen/gitpod/v1/runner_pb.js';
import { runnerIdOf } from './sampleRunners.ts';
import type { RunnerAnswers } from './sandbox.ts';

/** A sign-in on record that was revoked at the host. The other answers follow from the sign-ins on record. */
export function sampleAccess(): RunnerAnswers<CheckAuthenticationForHostResponseJson>[] {
  return [
    {
      runnerId: runnerIdOf('gcp-analytics'),
      host: 'gitlab.com',
      answers: [{ authenticated: false, scmId: 'gitlab', scmName: 'GitLab', supportsOauth2: {} }],
    },
  ];
}

/** Two fields that are wrong, OAuth that cannot be judged without its secret, and no result. All others are valid. */
export function sampleValidations(): RunnerAnswers<SCMIntegrationValidationResultJson | null>[] {
  return [
    {
      runnerId: runnerIdOf('us-staging'),
      host: 'tfs.acme.example',
      answers: [
        {
          hostError: 'cannot resolve tfs.acme.example: no such host',
          patError: 'tokens are turned off in the collection /tfs',
        },
      ],
    },
    {
      runnerId: runnerIdOf('us-staging'),
      host: 'github.com',
      answers: [{ oauthError: 'the client secret could not be verified' }],
    },
    { runnerId: runnerIdOf('gcp-analytics'), host: 'git.müller.example', answers: [null] },
  ];
}
