import { EXTENSION_ID } from '../names.ts';
import { integrationLinkPath, type LinkedIntegration } from './integrationLink.ts';
import {
  integrationsAsMarkdown,
  integrationsAsText,
  type MentionedIntegration,
} from './integrationMentions.ts';

/** What *Copy Link* can copy. `text` and `markdown` have no link. */
export type LinkForm = 'link' | 'markdownLink' | 'text' | 'markdown' | 'desktopLink';

/** The scheme of VS Code on a desktop. */
const DESKTOP_SCHEME = 'vscode';

/**
 * What can be copied, the most useful first.
 *
 * An editor in a browser has no address that leads to an integration. The operating system passes its `env.uriScheme`
 * to a desktop editor, if to any. The address that `env.asExternalUri` makes is a callback: it reaches the window that
 * asked for it, through the storage of that browser, and only once (`LocalStorageURLCallbackProvider` in VS Code).
 */
export function linkForms(isBrowser: boolean): readonly LinkForm[] {
  return isBrowser ? ['text', 'markdown', 'desktopLink'] : ['link', 'markdownLink'];
}

/** @param uriScheme of this editor */
export function linkText(
  integrations: readonly MentionedIntegration[],
  form: LinkForm,
  uriScheme: string,
): string {
  switch (form) {
    case 'link':
      return links(integrations, uriScheme);
    case 'desktopLink':
      return links(integrations, DESKTOP_SCHEME);
    case 'markdownLink':
      return integrationsAsMarkdown(integrations, (integration) => link(integration, uriScheme));
    case 'text':
      return integrationsAsText(integrations);
    case 'markdown':
      return integrationsAsMarkdown(integrations);
  }
}

/** One per line. */
function links(integrations: readonly LinkedIntegration[], uriScheme: string): string {
  return [...new Set(integrations.map((integration) => link(integration, uriScheme)))].join('\n');
}

function link(integration: LinkedIntegration, uriScheme: string): string {
  return `${uriScheme}://${EXTENSION_ID}${integrationLinkPath(integration)}`;
}
