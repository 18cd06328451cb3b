import { randomUUID } from 'node:crypto';
import { type CancellationToken, FileSystemError, FileType, type Uri, workspace } from 'vscode';
import { firstBytes } from '../base/firstBytes.ts';

/** Of the name in that of its draft, which is 42 bytes longer: file systems allow 255, and eCryptfs 143. */
const MAX_DRAFT_BYTES = 100;

/**
 * Writes a file completely or not at all: the existing file stays until the new one is complete. If a file system
 * removes it but then fails to rename the new one, the new one is kept under its temporary name. Writes through a
 * symbolic link.
 *
 * @returns false if it was canceled; the temporary file is then deleted
 * @throws what the file system throws; the temporary file is deleted then too, except in the case above
 */
export async function saveFile(target: Uri, bytes: Uint8Array, token: CancellationToken): Promise<boolean> {
  const { fs } = workspace;
  const there = await fs.stat(target).then(
    ({ type }) => type,
    () => FileType.Unknown,
  );
  if ((there & FileType.Directory) !== 0) {
    // Renaming over a folder would delete its contents.
    throw FileSystemError.FileIsADirectory(target);
  }
  if ((there & FileType.SymbolicLink) !== 0) {
    await fs.writeFile(target, bytes);
    return true;
  }
  const draft = target.with({
    path: target.path.replace(
      /[^/]*$/,
      (name) => `.${firstBytes(name, MAX_DRAFT_BYTES)}.${randomUUID()}.tmp`,
    ),
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
        // It was never created, or it cannot be deleted because of the error that is thrown anyway.
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
