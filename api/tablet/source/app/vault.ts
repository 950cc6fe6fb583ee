/** Everything that somebody answered lies encrypted: who copies the files of this browser reads nothing in them. */

import type { Database, Row } from "./database";

const KEY = "key";
const IV_BYTES = 12;

/** A value that only this browser can read. */
export interface Sealed extends Row {
  event: string;
  keyId: string;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

interface StoredKey extends Row {
  keyId: string;
  key: CryptoKey;
}

export class Vault {
  readonly #stored: StoredKey;

  private constructor(stored: StoredKey) {
    this.#stored = stored;
  }

  /** The key never leaves the browser's own keeping: no script can read it out. */
  static async open(database: Database): Promise<Vault> {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return new Vault(await database.settle("keys", { id: KEY, keyId: crypto.randomUUID(), key }));
  }

  async seal(id: string, event: string, value: unknown): Promise<Sealed> {
    const { keyId, key } = this.#stored;
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const algorithm = { name: "AES-GCM", iv, additionalData: bound(id, event, keyId) };
    const data = await crypto.subtle.encrypt(algorithm, key, new TextEncoder().encode(JSON.stringify(value)));
    return { id, event, keyId, iv, data };
  }

  /** The value again; null when it was sealed with another key or tampered with. */
  async unseal<T>({ id, event, keyId, iv, data }: Sealed): Promise<T | null> {
    try {
      const algorithm = { name: "AES-GCM", iv, additionalData: bound(id, event, keyId) };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, this.#stored.key, data)));
    } catch {
      return null;
    }
  }
}

/** A value cannot be moved to another row, event or key. */
const bound = (id: string, event: string, keyId: string) => new TextEncoder().encode(`${event} ${keyId} ${id}`);
