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
 * Read-only documents as files, so that the editor brings them back after a reload of the window: a document of a mere
 * content provider it does not.
 */
export class ReadOnlyFiles implements FileSystemProvider, Disposable {
  readonly #textOf: (uri: Uri) => Promise<string | undefined>;
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  /** `Date.now()` of the last change: by this the editor tells whether a file is to be read again. */
  #changedAt = Date.now();

  /** @param textOf the text of a file; undefined where there is none of that name */
  constructor(textOf: (uri: Uri) => Promise<string | undefined>) {
    this.#textOf = textOf;
  }

  /** Has open files read again. */
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

  /** Whoever has one open is told of its changes anyway. */
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
