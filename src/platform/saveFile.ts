import { randomUUID } from 'node:crypto';
import { type CancellationToken, FileSystemError, FileType, type Uri, workspace } from 'vscode';

/**
 * Writes a file whole or not at all: what stood there stays until the new one is complete. Where a file system removes it
 * before it fails to put the new one there, the new one stays beside. A link is written through.
 *
 * @returns false where it was canceled; nothing is left of the new file then
 * @throws what the file system throws; the same
 */
export async function saveFile(target: Uri, bytes: Uint8Array, token: CancellationToken): Promise<boolean> {
  const { fs } = workspace;
  const there = await fs.stat(target).then(
    ({ type }) => type,
    () => FileType.Unknown,
  );
  if ((there & FileType.Directory) !== 0) {
    // Renaming over a folder would remove all that is in it.
    throw FileSystemError.FileIsADirectory(target);
  }
  if ((there & FileType.SymbolicLink) !== 0) {
    await fs.writeFile(target, bytes);
    return true;
  }
  const draft = target.with({
    path: target.path.replace(/[^/]*$/, (name) => `.${name}.${randomUUID()}.tmp`),
  });
  let isSaved = false;
  try {
    await fs.writeFile(draft, bytes);
    if (!token.isCancellationRequested) {
      await fs.rename(draft, target, { overwrite: true });
      isSaved = true;
    }
  } finally {
    if (!isSaved && !(there !== FileType.Unknown && (await isMissing(target)))) {
      await fs.delete(draft).then(undefined, () => {
        // It was not made, or the failure that is told of keeps it too.
      });
    }
  }
  return isSaved;
}

async function isMissing(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => false,
    () => true,
  );
}
