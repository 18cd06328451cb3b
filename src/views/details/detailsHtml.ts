import { env, Uri, type Webview } from 'vscode';

/** Folders that a details webview may read from. */
export function detailsRoots(extensionUri: Uri): Uri[] {
  return [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')];
}

/**
 * The page of a details webview, without any data: those come as a message and are put in as text. The policy allows
 * our style sheets, our icon font and one script by its nonce; nothing inline, no image and no network.
 */
export function detailsHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = crypto.randomUUID();
  const uri = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  const source = webview.cspSource;
  const policy = `default-src 'none'; style-src ${source}; font-src ${source}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${env.language}">
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
