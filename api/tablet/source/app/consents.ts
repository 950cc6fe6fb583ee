/** Who can be asked to make contact, and what is agreed to then: kept, so that it is there without a connection. */

import type { Outcome } from "../rules/index";
import type { Database, Row } from "./database";
import type { Server } from "./server";

const FACT = "consents";

export interface Consent {
  id: string;
  naam: string;
  /** The text, which is shown exactly as it is. */
  alineas: string[];
  tekstHash: string;
}

type Fact = Row & { teksten: Consent[] };

export class Consents {
  readonly #database: Database;
  readonly #server: Server;
  /** Null until the server was heard once. */
  #list: Consent[] | null;

  private constructor(database: Database, server: Server, list: Consent[] | null) {
    this.#database = database;
    this.#server = server;
    this.#list = list;
  }

  /** With the texts as they were when the server was last heard. */
  static async open(database: Database, server: Server): Promise<Consents> {
    return new Consents(database, server, (await database.get<Fact>("facts", FACT))?.teksten ?? null);
  }

  /** Whether the texts are there without a connection. */
  get known(): boolean {
    return this.#list !== null;
  }

  /** Takes the texts as they are now; without a connection they stay. False when there are none yet. */
  async renew(): Promise<boolean> {
    try {
      const { teksten } = await this.#server.ask<{ teksten: Consent[] }>("GET", "contactteksten");
      this.#list = teksten;
      await this.#database.put("facts", { id: FACT, teksten } as Fact);
    } catch {
      // Another time.
    }
    return this.known;
  }

  /** Those of a result, in its order. */
  of({ uitslag }: Outcome): Consent[] {
    const found = [...uitslag.initiatieven, uitslag.vangnet].map(({ id }) => this.#list?.find((one) => one.id === id));
    return found.filter((one) => one !== undefined);
  }
}
