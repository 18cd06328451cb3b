import type { WebviewName } from '../names.ts';
import { language } from '../words/numbersAndDates.ts';

/**
 * The document of a webview. It contains no data: that is sent by message and inserted as text. The content security
 * policy allows our style sheets, our icon font and one script, by its nonce; nothing inline, no images and no network.
 *
 * @param source where the policy allows style sheets and fonts from
 * @param uri returns the address of a file of the extension
 */
export function webviewHtml(
  name: WebviewName,
  source: string,
  uri: (folder: 'media' | 'dist', file: string) => string,
): string {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; style-src ${source}; font-src ${source}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${uri('media', 'ona-scm-icons.css')}">
<link rel="stylesheet" href="${uri('media', 'page.css')}">
<link rel="stylesheet" href="${uri('media', `${name}.css`)}">
<title>Ona SCM</title>
</head>
<body>
<main></main>
<div id="announcement" class="visually-hidden" role="status"></div>
<script nonce="${nonce}" src="${uri('dist', `${name}.js`)}"></script>
</body>
</html>`;
}
