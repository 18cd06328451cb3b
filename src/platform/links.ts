import { env } from 'vscode';
import type { ScmIntegration } from '../api/schema.ts';
import { integrationLinkPath } from '../formats/integrationLink.ts';

/** A link that opens an integration in this editor, on any machine. */
export function integrationLink({ id, runnerId }: ScmIntegration): string {
  const path = integrationLinkPath({ integrationId: id, runnerId });
  return `${env.uriScheme}://ona-community.ona-scm-integrations${path}`;
}
