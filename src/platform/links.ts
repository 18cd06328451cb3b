import { env } from 'vscode';
import { integrationLinkPath, type LinkedIntegration } from '../formats/integrationLink.ts';

/** A link that opens an integration in this editor, on any machine. */
export function integrationLink(integration: LinkedIntegration): string {
  const path = integrationLinkPath(integration);
  return `${env.uriScheme}://ona-community.ona-scm-integrations${path}`;
}
