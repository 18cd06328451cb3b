import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FilePermission,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from 'vscode';

/**
 * Read-only documents as files, so that VS Code restores them after a reload of the window, which it does not do for
 * those of a text document content provider.
 */
export class ReadOnlyFiles implements FileSystemProvider, Disposable {
  readonly #textOf: (uri: Uri) => Promise<string | undefined>;
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  /** `Date.now()` of the last change, from which VS Code sees whether it has to read a file again. */
  #changedAt = Date.now();

  /** @param textOf returns the text of a file; undefined if there is no such file */
  constructor(textOf: (uri: Uri) => Promise<string | undefined>) {
    this.#textOf = textOf;
  }

  /** Makes VS Code read open files again. */
  change(uris: readonly Uri[]): void {
    this.#changedAt = Math.max(Date.now(), this.#changedAt + 1);
    this.#changed.fire(uris.map((uri) => ({ type: FileChangeType.Changed, uri })));
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { length } = await this.readFile(uri);
    const mtime = this.#changedAt;
    return { type: FileType.File, ctime: 0, mtime, size: length, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const text = await this.#textOf(uri);
    if (text === undefined) {
      throw FileSystemError.FileNotFound(uri);
    }
    return new TextEncoder().encode(text);
  }

  /** Nothing to watch: changes of open files are reported through `change()`. */
  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  readDirectory(uri: Uri): never {
    throw FileSystemError.FileNotFound(uri);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
