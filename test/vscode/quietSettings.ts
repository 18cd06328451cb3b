/** User settings of VS Code, by full name. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * User settings that keep a workbench under test quiet: nothing opens by itself or accesses the internet, and the
 * window shows only what matters.
 */
export const quietSettings: Settings = {
  'chat.agentsControl.enabled': 'hidden',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.titleBar.openInAgentsWindow.enabled': false,
  'chat.titleBar.signIn.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.autofetch': false,
  'git.ignoreLegacyWarning': true,
  'git.ignoreMissingGitWarning': true,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'settingsSync.keybindingsPerPlatform': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.confirmBeforeClose': 'never',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};
