import { env } from 'vscode';
import { integrationLinkPath, type LinkedIntegration } from '../formats/integrationLink.ts';
import { EXTENSION_ID } from '../names.ts';

/** A link that opens an integration in this editor, on any machine. */
export function integrationLink(integration: LinkedIntegration): string {
  const path = integrationLinkPath(integration);
  return `${env.uriScheme}://${EXTENSION_ID}${path}`;
}
