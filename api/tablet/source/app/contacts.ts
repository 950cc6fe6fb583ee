/** Requests for contact on this device, until the server has them. Nothing in them says which intake they came from. */

import type { Contact } from "../rules/index";
import type { Database } from "./database";
import type { Sealed, Vault } from "./vault";

const LONGEST_MS = 60 * 24 * 60 * 60 * 1000; // longer than the server takes them

/** As it is sent. */
export interface ContactBody extends Contact {
  evenement: string;
  initiatieven: { id: string; tekstHash: string }[];
  profiel: Record<"sbi2025" | "sbi2008" | "grootteklasse" | "gemeente" | "fase" | "hulpvraag", string>;
}

/** `at` is when it was asked and `due` from when it is sent, by the clock of this device. */
export interface Waiting {
  id: string;
  body: ContactBody;
  at: number;
  due: number;
  /** Why the server did not take it. */
  refused?: string;
}

type ContactRow = Sealed & Pick<Waiting, "due" | "refused">;

export class Contacts {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async keep({ id, body, at, due, refused }: Waiting): Promise<void> {
    const sealed = await this.#vault.seal(id, body.evenement, { body, at });
    await this.#database.put("contacts", { ...sealed, due, refused } as ContactRow);
  }

  async read(id: string): Promise<Waiting | null> {
    const row = await this.#database.get<ContactRow>("contacts", id);
    const kept = row && (await this.#vault.unseal<Pick<Waiting, "body" | "at">>(row));
    return kept ? { id, ...kept, due: row.due, refused: row.refused } : null;
  }

  /** Every request that can still be sent or told of; others are removed. */
  async all(): Promise<Waiting[]> {
    const found: Waiting[] = [];
    for (const { id } of await this.#rows()) {
      const one = await this.read(id);
      if (one && Date.now() - one.due < LONGEST_MS) found.push(one);
      else await this.forget(id);
    }
    return found;
  }

  async count(): Promise<{ waiting: number; refused: number }> {
    const rows = await this.#rows();
    const refused = rows.filter((row) => row.refused !== undefined).length;
    return { waiting: rows.length - refused, refused };
  }

  forget(id: string): Promise<void> {
    return this.#database.forget("contacts", id);
  }

  #rows(): Promise<ContactRow[]> {
    return this.#database.all<ContactRow>("contacts");
  }
}
