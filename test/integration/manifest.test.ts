import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from 'vscode';
import { WEBVIEWS, webviewType } from '../../src/names.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { COMMANDS_ON_DEMAND } from '../../src/commands/onDemand.ts';
import { extension } from './extension.ts';

/** A command, or a submenu. */
interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly submenus: readonly { id: string; label: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { scope: string }>> };
  };
}

describe('manifest', () => {
  let manifest: Manifest;
  let raw: string;
  let texts: Record<string, string>;

  before(async () => {
    await extension().activate();
    const read = (file: string) => readFileSync(join(extension().extensionPath, file), 'utf8');
    raw = read('package.json');
    manifest = JSON.parse(raw) as Manifest;
    texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
  });

  it('declares every command that there is, and no other; the editor knows them all', async () => {
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual([...Object.keys(COMMANDS), ...Object.keys(COMMANDS_ON_DEMAND)].sort(), declared);
    const registered = (await commands.getCommands(true)).filter(isOurs).sort();
    assert.deepEqual(registered, declared);
  });

  it('puts only declared commands into menus and welcome views', () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const inMenus = Object.values(manifest.contributes.menus)
      .flat()
      .flatMap(({ command }) => (command === undefined ? [] : [command]));
    const inTexts = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1] ?? ''),
    );
    assert.deepEqual(
      [...inMenus, ...inTexts].filter((command) => isOurs(command) && !declared.has(command)),
      [],
    );
  });

  it('shows every submenu that it declares, with something in it, and declares every one that it shows', () => {
    const { menus, submenus } = manifest.contributes;
    const declared = submenus.map(({ id }) => id).sort();
    const shown = Object.values(menus)
      .flat()
      .flatMap(({ submenu }) => (submenu === undefined ? [] : [submenu]))
      .sort();
    const filled = Object.keys(menus).filter((menu) => menu.startsWith('onaScm.'));
    assert.deepEqual([...new Set(shown)], declared);
    assert.deepEqual(filled.sort(), declared);
  });

  it('has a text for every key, and a key for every text', () => {
    const used = [...new Set([...raw.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]))].sort();
    assert.deepEqual(used, Object.keys(texts).sort());
  });

  it('names the context values that rows have', () => {
    const named = new Set(
      [...raw.matchAll(/viewItem (?:== (\w+)|=~ \/\^\(([\w|]+)\)\$\/)/g)].flatMap(([, one, several]) =>
        (one ?? several ?? '').split('|'),
      ),
    );
    assert.deepEqual([...named].sort(), ['failure', 'group', 'integration', 'runner']);
    assert.equal([...raw.matchAll(/viewItem/g)].length, [...raw.matchAll(/viewItem (?:==|=~)/g)].length);
  });

  it('activates for the panels of every webview', () => {
    const { activationEvents } = manifest;
    assert.deepEqual(
      activationEvents.filter((event) => event.startsWith('onWebviewPanel:')),
      WEBVIEWS.map((name) => `onWebviewPanel:${webviewType(name)}`),
    );
  });

  it('lets no workspace set anything but how the view looks', () => {
    const properties = Object.entries(manifest.contributes.configuration.properties);
    assert.deepEqual(
      properties.filter(([, { scope }]) => scope !== 'application').map(([name]) => name),
      ['onaScm.groupBy'],
    );
  });
});

/** VS Code adds its own commands to every view. */
function isOurs(command: string): boolean {
  return command.startsWith('onaScm.') && !command.startsWith('onaScm.integrations.');
}
