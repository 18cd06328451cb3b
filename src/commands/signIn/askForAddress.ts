import { l10n, QuickInputButtons, window } from 'vscode';
import { parseApiUrl } from '../../account/apiUrl.ts';
import { addressProblemText } from '../../words/addressProblemText.ts';
import type { StepOutcome } from './signInStep.ts';

/** Asks for the address of an Ona host that Ona does not run itself. */
export function askForAddress(): Promise<{ apiUrl: string } | { outcome: StepOutcome }> {
  const box = window.createInputBox();
  box.title = l10n.t('Use Another Ona Host');
  box.prompt = l10n.t('Host or address of the API. The API key is sent there and nowhere else.');
  box.placeholder = 'ona.example.com';
  box.ignoreFocusOut = true;
  box.buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => {
      const parsed = parseApiUrl(box.value);
      if (parsed.ok) {
        resolve({ apiUrl: parsed.apiUrl });
        box.hide();
      } else {
        box.validationMessage = addressProblemText(parsed.problem);
      }
    });
    box.onDidTriggerButton(() => {
      resolve({ outcome: 'back' });
      box.hide();
    });
    box.onDidHide(() => {
      resolve({ outcome: 'canceled' });
      box.dispose();
    });
    box.show();
  });
}
