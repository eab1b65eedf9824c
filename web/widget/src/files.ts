/**
 * Files that wait for the connection, kept over a reload: too large for local storage. Where a page may keep nothing they live as long as
 * it is shown.
 */
export class WaitingFiles {
  private readonly here = new Map<string, File>();

  async put(id: string, file: File) {
    this.here.set(id, file);
    await this.ask('readwrite', (store) => store.put(file, id)).catch(() => undefined);
  }

  async get(id: string): Promise<File | undefined> {
    return this.here.get(id) ?? (await this.ask<File | undefined>('readonly', (store) => store.get(id) as IDBRequest<File | undefined>).catch(() => undefined));
  }

  drop(id: string) {
    this.here.delete(id);
    void this.ask('readwrite', (store) => store.delete(id)).catch(() => undefined);
  }

  private ask<T>(mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((done, fail) => {
      const opening = indexedDB.open('chat-operator', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('files');
      opening.onerror = () => fail(opening.error as Error);
      opening.onsuccess = () => {
        const asked = what(opening.result.transaction('files', mode).objectStore('files'));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error as Error);
        opening.result.close();
      };
    });
  }
}
