import { language } from '../../words/numbersAndDates.ts';

/**
 * The page of a details webview, without any data: those come as a message and are put in as text. The policy allows
 * our style sheets, our icon font and one script by its nonce; nothing inline, no image and no network.
 *
 * @param source the source from which the policy allows style sheets and fonts
 * @param uri the address of a file of the extension
 */
export function detailsHtml(source: string, uri: (folder: 'media' | 'dist', file: string) => string): string {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; style-src ${source}; font-src ${source}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${uri('media', 'ona-scm-icons.css')}">
<link rel="stylesheet" href="${uri('media', 'details.css')}">
<title>Ona SCM</title>
</head>
<body>
<main></main>
<div id="announcement" class="visually-hidden" role="status"></div>
<script nonce="${nonce}" src="${uri('dist', 'details.js')}"></script>
</body>
</html>`;
}
