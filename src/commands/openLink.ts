import { commands, l10n, ProgressLocation, type Uri, window } from 'vscode';
import { type LinkedIntegration, parseIntegrationLink } from '../formats/integrationLink.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import { errorText } from '../words/errors.ts';
import { leftOutText } from '../words/leftOut.ts';
import { trimInvisible } from '../base/invisible.ts';
import { withoutLinks } from '../base/text.ts';
import type { CommandParts } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { reveal } from './reveal.ts';

/**
 * Follows a link to an integration, as made by *Copy Link*: shows the integration in the tree and its details. Asks to
 * sign in first if necessary, and refreshes if the integration is not among those loaded.
 */
export async function openLink(context: CommandParts, uri: Uri): Promise<void> {
  const { session, inventory, groups } = context;
  const linked = parseIntegrationLink(uri.path, uri.query);
  if (linked === undefined) {
    const example = '/integration/<integrationId>?runner=<runnerId>';
    const link = withoutLinks(uri.query === '' ? uri.path : `${uri.path}?${uri.query}`);
    void window.showErrorMessage(
      l10n.t(
        'The link "{0}" does not lead to an integration. Links to integrations look like {1}.',
        link,
        example,
      ),
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
      // The integration may be newer than the rows.
      await inventory.refreshNow();
      await groups.whenGrouped();
      return find(context, linked);
    },
  );
  if (entry === undefined) {
    await reportMissing(context, linked.id);
  } else {
    await reveal(context, entry);
  }
}

function find({ groups }: CommandParts, { id, runnerId }: LinkedIntegration): IntegrationEntry | undefined {
  // A link cannot contain half a surrogate pair.
  const found = (ofRunner: string, ofId: string) =>
    groups.runners
      .find(({ ref }) => ref.runnerId.toWellFormed() === ofRunner)
      ?.integrations.find(({ ref }) => ref.id.toWellFormed() === ofId);
  // The link may have been copied with invisible characters around it.
  return found(runnerId, id) ?? found(trimInvisible(runnerId), trimInvisible(id));
}

async function reportMissing(
  { session, groups: { state } }: CommandParts,
  integrationId: string,
): Promise<void> {
  const organization = session.organizationName;
  const id = withoutLinks(integrationId);
  const { leftOut } = state.data;
  const problem = state.error ? errorText(state.error) : leftOut && leftOutText(leftOut);
  const message = problem
    ? l10n.t('Integration {0} was not found. Not all integrations could be loaded: {1}', id, problem)
    : organization === undefined
      ? l10n.t(
          'Integration {0} was not found. It may have been deleted, or your API key may not have access to it.',
          id,
        )
      : l10n.t(
          'Integration {0} was not found in {1}. It may have been deleted, it may belong to another organization, or your API key may not have access to it.',
          id,
          withoutLinks(organization),
        );
  const action = l10n.t('Switch Organization…');
  if ((await window.showErrorMessage(message, action)) === action) {
    await commands.executeCommand('onaScm.switchOrganization');
  }
}
