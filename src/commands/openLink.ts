import { commands, l10n, ProgressLocation, type Uri, window } from 'vscode';
import { type LinkedIntegration, parseIntegrationLink } from '../formats/integrationLink.ts';
import { findRunner, type IntegrationEntry } from '../inventory/groups.ts';
import { errorText } from '../words/errors.ts';
import { withoutLinks } from '../base/text.ts';
import type { CommandContext } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { reveal } from './reveal.ts';

/**
 * Follows a link to an integration, as *Copy Link* makes it: shows it in the tree and its details. Asks to sign in first if
 * need be, and loads anew where the rows do not have it.
 */
export async function openLink(context: CommandContext, uri: Uri): Promise<void> {
  const { session, inventory, groups } = context;
  const linked = parseIntegrationLink(uri.path, uri.query);
  if (linked === undefined) {
    const example = '/integration/<integrationId>?runner=<runnerId>';
    const link = withoutLinks(uri.query === '' ? uri.path : `${uri.path}?${uri.query}`);
    void window.showErrorMessage(
      l10n.t('The link "{0}" leads to no integration. Links to one look like {1}.', link, example),
    );
    return;
  }
  if (!(await ensureSignedIn(session))) {
    return;
  }
  const entry = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Looking for the integration…') },
    async () => {
      const { kind } = inventory.state;
      await inventory.whenLoaded();
      await groups.whenGrouped();
      const found = find(context, linked);
      if (found !== undefined || (kind !== 'ready' && kind !== 'stale')) {
        return found;
      }
      // It may be younger than the rows.
      await inventory.refreshNow();
      await groups.whenGrouped();
      return find(context, linked);
    },
  );
  if (entry === undefined) {
    await tellMissing(context, linked.id);
  } else {
    await reveal(context, entry);
  }
}

function find({ groups }: CommandContext, { id, runnerId }: LinkedIntegration): IntegrationEntry | undefined {
  return findRunner(groups.runners, runnerId)?.integrations.find(({ ref }) => ref.id === id);
}

async function tellMissing(
  { session, groups: { state } }: CommandContext,
  integrationId: string,
): Promise<void> {
  const organization = session.organizationName;
  const id = withoutLinks(integrationId);
  const message = state.error
    ? l10n.t(
        'The integration {0} is not among the rows that could be loaded: {1}',
        id,
        errorText(state.error),
      )
    : organization === undefined
      ? l10n.t('The integration {0} was not found: it was deleted, or your API key may not see it.', id)
      : l10n.t(
          'The integration {0} is not in {1}: it was deleted, belongs to another organization, or your API key may not see it.',
          id,
          withoutLinks(organization),
        );
  const action = l10n.t('Switch Organization…');
  if ((await window.showErrorMessage(message, action)) === action) {
    await commands.executeCommand('onaScm.switchOrganization');
  }
}
