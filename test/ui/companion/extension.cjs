'use strict';

const { connect } = require('node:net');
const { createInterface } = require('node:readline');
const { isDeepStrictEqual } = require('node:util');
const {
  authentication,
  commands,
  ConfigurationTarget,
  env,
  extensions,
  Uri,
  ViewColumn,
  window,
  workspace,
} = require('vscode');

const EXTENSION_ID = 'ona-community.ona-scm-integrations';

/** The key of the environment that the window was opened in. */
const givenKey = process.env['ONA_API_KEY'];

exports.activate = (context) => {
  context.subscriptions.push(
    commands.registerCommand('companion.askForSession', askForSession),
    commands.registerCommand('companion.openLink', openLink),
  );
  // Without the variable nobody listens: the window belongs to no test.
  const port = Number(process.env['COMPANION_PORT']);
  if (port > 0) {
    serve(port);
  }
};

/** Shows whose session another extension gets, and whether it gets one of another scope. Never the key. */
async function askForSession() {
  const ask = (scopes, options) =>
    authentication.getSession('ona', scopes, options).then(
      (session) =>
        session
          ? `${session.account.label}, ${session.scopes}, key of ${session.accessToken.length}`
          : 'none',
      (error) => `refused: ${error.message}`,
    );
  const other = await ask(['admin'], { silent: true });
  const own = await ask(['scm:read'], { createIfNone: true });
  void window.showInformationMessage(`Companion got ${own}; of another scope ${other}`);
}

/** Opens a link as the editor's own pages do. */
async function openLink() {
  await commands.executeCommand('vscode.open', Uri.parse(await window.showInputBox(), true));
}

/** What a test may ask for. Each result travels as JSON. */
const methods = {
  /** Changes user settings; null takes one away. Settles once extensions see them. */
  async set(settings) {
    for (const [name, value] of Object.entries(settings)) {
      await workspace.getConfiguration().update(name, value ?? undefined, ConfigurationTarget.Global);
    }
  },

  /** Settles once extensions see settings that were changed elsewhere. */
  async whenSet(settings) {
    const isThere = ([name, value]) =>
      isDeepStrictEqual(workspace.getConfiguration().inspect(name).globalValue ?? null, value);
    await new Promise((resolve) => {
      const listener = workspace.onDidChangeConfiguration(look);
      function look() {
        if (Object.entries(settings).every(isThere)) {
          listener.dispose();
          resolve();
        }
      }
      look();
    });
  },

  /** Whether a user setting has a value. */
  async isSet(name) {
    return workspace.getConfiguration().inspect(name).globalValue !== undefined;
  },

  /** Loads all rows. Returns the state afterwards. */
  async refresh() {
    const api = await onaScm();
    // A running load would be joined, even one that hangs or that loads outdated rows.
    await commands.executeCommand('onaScm.cancelRefresh');
    await api.refresh();
    const { state } = await api.refresh();
    return state;
  },

  /** Restarts the extension as in a window that was never signed in with this key, and so has no kept rows. */
  async restartFresh(apiKey) {
    const api = await onaScm();
    const apiUrl = workspace.getConfiguration().inspect('onaScm.apiUrl').globalValue;
    // This address is never called: plain http is for this machine only.
    const left = snapshotWhere(api, ({ error }) => error?.code === 'invalid_argument');
    await methods.set({ 'onaScm.apiUrl': 'http://ona.example.com' });
    await left;
    process.env['ONA_API_KEY'] = apiKey;
    const arrived = snapshotWhere(api, ({ error }) => error?.code !== 'invalid_argument');
    await methods.set({ 'onaScm.apiUrl': apiUrl });
    await arrived;
  },

  /** Closes everything but the view, shows it unfiltered and loads its rows. Returns the state afterwards. */
  async reset() {
    await closeAll();
    const api = await onaScm();
    if (process.env['ONA_API_KEY'] !== givenKey) {
      await methods.restartFresh(givenKey);
    }
    if (api.snapshot().state === 'signedOut') {
      return 'signedOut';
    }
    await commands.executeCommand('onaScm.clearFilter');
    await commands.executeCommand('onaScm.sortByName');
    return methods.refresh();
  },

  /** Closes everything but the view, and signs out. Returns the state afterwards, or how many accounts are left. */
  async resetSignedOut() {
    await closeAll();
    const api = await onaScm();
    if (api.snapshot().state !== 'signedOut') {
      await commands.executeCommand('onaScm.signOut');
    }
    const { length } = await authentication.getAccounts('ona');
    return length === 0 ? api.snapshot().state : `${length} accounts`;
  },

  /** Opens a panel as a version without the find bar did, with the state that its page stored. */
  async openOldPanel(viewType, state) {
    const panel = window.createWebviewPanel(viewType, 'Old', ViewColumn.One, { enableScripts: true });
    panel.webview.html = `<script>acquireVsCodeApi().setState(${JSON.stringify(state)})</script>`;
  },

  /** Collapses all rows, and clears the selection. */
  async collapse() {
    await commands.executeCommand('onaScm.integrations.focus');
    await commands.executeCommand('list.collapseAll');
    await commands.executeCommand('list.focusFirst');
    await commands.executeCommand('list.clear');
  },
};

async function closeAll() {
  await commands.executeCommand('workbench.action.closeQuickOpen');
  await commands.executeCommand('notifications.clearAll');
  await commands.executeCommand('notifications.hideList');
  await commands.executeCommand('workbench.action.closeAllGroups');
  await commands.executeCommand('workbench.action.closePanel');
  await env.clipboard.writeText('');
  await commands.executeCommand('workbench.view.extension.onaScm');
}

/** The API that the extension under test gives to others. */
function onaScm() {
  return extensions.getExtension(EXTENSION_ID).activate();
}

/** Waits until a snapshot is as wanted. */
function snapshotWhere(api, isWanted) {
  return new Promise((resolve) => {
    const listener = api.onDidChange(look);
    function look(snapshot) {
      if (isWanted(snapshot)) {
        listener.dispose();
        resolve();
      }
    }
    look(api.snapshot());
  });
}

/** Connects to the test process, and answers what it asks, one JSON text a line. */
function serve(port) {
  const socket = connect(port, '127.0.0.1');
  const send = (message) => socket.write(`${JSON.stringify(message)}\n`);
  send({ pid: process.pid });
  // The test process has ended; nobody uses this window any more.
  socket.on('error', () => undefined);
  createInterface({ input: socket }).on('line', (line) => {
    const { id, method, args } = JSON.parse(line);
    methods[method](...args).then(
      (result) => send({ id, result }),
      (error) => send({ id, error: String(error) }),
    );
  });
}
