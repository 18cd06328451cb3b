import { env, extensions, l10n, version } from 'vscode';
import { ownerOf } from '../account/account.ts';
import { diagnosisText } from '../formats/diagnosis.ts';
import type { IntegrationEntry, ItemEntry } from '../inventory/groups.ts';
import { EXTENSION_ID } from '../names.ts';
import { apiHostText } from '../words/apiHostText.ts';
import type { Command, CommandContext } from './command.ts';
import { copy } from './copyText.ts';
import { diagnosisLeftOut, diagnosisOf } from './diagnosisOf.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { itemsOrAll } from './itemsOrAll.ts';
import { waitForLoad } from './waitForLoad.ts';

/** *Copy Diagnosis* of rows. If none are selected, the user chooses between everything and an item. */
export const copyDiagnosis: Command = (context, on) =>
  itemsOrAll(context, on, {
    title: l10n.t('Copy Diagnosis'),
    all: l10n.t('All Runners and Integrations'),
    withItems: (items) => copyOf(context, items),
    withAll: () => copyOfAll(context),
  });

/** *Copy Diagnosis* of the view: of everything. Ignores the row it is run on, as *Export Integrations…* does. */
export const copyDiagnosisOfAll: Command = async (context) =>
  (await ensureSignedIn(context.session)) && copyOfAll(context);

async function copyOfAll(context: CommandContext): Promise<boolean> {
  return (await whenShown(context)) && copyOf(context, undefined);
}

async function copyOf(
  { groups, session, checks }: CommandContext,
  chosen: readonly ItemEntry[] | undefined,
): Promise<boolean> {
  const { connection, account } = session;
  if (connection === undefined) {
    return false;
  }
  const { version: own } = (extensions.getExtension(EXTENSION_ID)?.packageJSON ?? {}) as { version?: string };
  const place = {
    programs: [`SCM Integrations for Ona ${own ?? ''}`, `${env.appName} ${version}`],
    apiHost: apiHostText(connection.apiUrl),
    organization: account && { name: account.organizationName, id: account.organizationId },
    state: groups.state,
    subject: ownerOf(account),
    checksOf: (entry: IntegrationEntry) => checks.checksOf(entry),
  };
  const text = diagnosisText(diagnosisOf(place, groups.runners, chosen), diagnosisLeftOut);
  await copy(text, l10n.t('Copied the diagnosis'));
  return true;
}

/**
 * Waits until there is something to show: rows, or a problem.
 *
 * @returns false if the user cancels or signs out
 */
async function whenShown({ inventory, groups }: CommandContext): Promise<boolean> {
  await groups.whenGrouped();
  if (groups.state.kind !== 'loading') {
    return true;
  }
  // Nobody else loads if the view is hidden.
  void inventory.whenLoaded();
  return waitForLoad(
    new Promise((resolve) => {
      const listener = groups.onDidChange(() => {
        if (groups.state.kind !== 'loading') {
          listener.dispose();
          resolve(groups.state.kind !== 'signedOut');
        }
      });
    }),
  );
}
