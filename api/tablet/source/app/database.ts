/** What this device keeps, in IndexedDB. What cannot be written there stays in the page, and `trouble` says so. */

const NAME = "intake";
const VERSION = 2; // the first had no contacts
const STORES = ["keys", "intakes", "deliveries", "facts", "contacts"] as const;

export type Store = (typeof STORES)[number];
export interface Row {
  id: string;
}

/** `blocked`: nothing can be kept; `full`: something could not be. */
export type Trouble = "blocked" | "full";

const settled = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completed = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

export class Database {
  trouble: Trouble | null = null;
  readonly #lasting: IDBDatabase | null;
  readonly #page = Object.fromEntries(STORES.map((store) => [store, new Map()])) as Record<Store, Map<string, any>>;

  private constructor(lasting: IDBDatabase | null) {
    this.#lasting = lasting;
    if (!lasting) this.trouble = "blocked";
    else lasting.onversionchange = () => lasting.close();
  }

  static async open(): Promise<Database> {
    try {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        const { objectStoreNames } = request.result;
        for (const store of STORES) if (!objectStoreNames.contains(store)) request.result.createObjectStore(store, { keyPath: "id" });
      };
      return new Database(await settled(request));
    } catch {
      return new Database(null); // a browser that keeps nothing, as some do in private windows
    }
  }

  async get<T extends Row>(store: Store, id: string): Promise<T | undefined> {
    return this.#page[store].get(id) ?? (await this.#read(store, (box) => box.get(id)));
  }

  async all<T extends Row>(store: Store): Promise<T[]> {
    const found: T[] = (await this.#read(store, (box) => box.getAll())) ?? [];
    const here = this.#page[store] as Map<string, T>;
    return [...found.filter(({ id }) => !here.has(id)), ...here.values()];
  }

  /** When this is done the row survives the end of the browser, or `trouble` says that it does not. */
  async put(store: Store, row: Row): Promise<void> {
    try {
      const transaction = this.#writing([store]);
      transaction.objectStore(store).put(row);
      await completed(transaction);
      this.#page[store].delete(row.id);
    } catch {
      this.#page[store].set(row.id, row);
      this.trouble ??= "full";
    }
  }

  /** The row under this id; the given one is put there first when there is none, as if by one tab alone. */
  async settle<T extends Row>(store: Store, row: T): Promise<T> {
    try {
      const transaction = this.#writing([store]);
      const box = transaction.objectStore(store);
      const found: T | undefined = await settled(box.get(row.id));
      if (!found) box.put(row);
      await completed(transaction);
      return found ?? row;
    } catch {
      const here = this.#page[store];
      if (!here.has(row.id)) here.set(row.id, row);
      return here.get(row.id);
    }
  }

  /** Removes an intake with its delivery, unless one of them was changed since and `over` says no. */
  async remove(id: string, over: (intake: any, delivery: any) => boolean): Promise<void> {
    const here = this.#page;
    if (here.intakes.has(id) || here.deliveries.has(id)) {
      if (!over(await this.get("intakes", id), await this.get("deliveries", id))) return;
      for (const store of ["intakes", "deliveries"] as const) here[store].delete(id);
    }
    try {
      const transaction = this.#writing(["intakes", "deliveries"]);
      const [intakes, deliveries] = [transaction.objectStore("intakes"), transaction.objectStore("deliveries")];
      const [intake, delivery] = await Promise.all([settled(intakes.get(id)), settled(deliveries.get(id))]);
      if (over(intake, delivery)) {
        intakes.delete(id);
        deliveries.delete(id);
      }
      await completed(transaction);
    } catch {
      // It stays, and is removed another time.
    }
  }

  async forget(store: Store, id: string): Promise<void> {
    this.#page[store].delete(id);
    try {
      const transaction = this.#writing([store]);
      transaction.objectStore(store).delete(id);
      await completed(transaction);
    } catch {
      // It was never there.
    }
  }

  /** Whether something that waits would be lost with this page. */
  get atRisk(): boolean {
    return this.#page.intakes.size + this.#page.contacts.size > 0;
  }

  #writing(stores: Store[]): IDBTransaction {
    if (!this.#lasting) throw new Error("nothing can be kept");
    return this.#lasting.transaction(stores, "readwrite", { durability: "strict" });
  }

  async #read<T>(store: Store, what: (box: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    try {
      return this.#lasting ? await settled(what(this.#lasting.transaction(store).objectStore(store))) : undefined;
    } catch {
      return undefined;
    }
  }
}
