'use strict';

const { commands, env, extensions, Uri } = require('vscode');

const EXTENSION_ID = 'ona-community.ona-scm-integrations';
const OPENED = 'opened';

exports.activate = ({ workspaceState }) => {
  // Once: a window that is reloaded comes back as it was left.
  if (workspaceState.get(OPENED) === undefined) {
    void workspaceState.update(OPENED, true);
    void open();
  }
};

/** Opens the view; and once all rows are there, the details of one beside it. */
async function open() {
  await commands.executeCommand('onaScm.integrations.focus');
  // What the editor loses in width, the view gains: the sample's rows need it.
  await commands.executeCommand('workbench.action.decreaseViewWidth');
  const api = await extensions.getExtension(EXTENSION_ID).activate();
  // Joins the load that the view has started, and settles too where nobody is signed in or the API fails.
  const { integrations } = await api.refresh();
  // Of several, one that everybody knows, and that in the sample is on more than one runner.
  const shown = integrations.find(({ host }) => host === 'github.com') ?? integrations[0];
  if (shown !== undefined) {
    // A link into the extension shows a row in the tree, and its details.
    const path = `/integration/${encodeURIComponent(shown.id)}?runner=${encodeURIComponent(shown.runnerId)}`;
    await commands.executeCommand(
      'vscode.open',
      Uri.parse(`${env.uriScheme}://${EXTENSION_ID}${path}`, true),
    );
  }
}
