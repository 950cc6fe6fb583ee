/** What this device knows of its event, and whether staff are logged in at it. */

import type { Database } from "./database";
import { Refused, type Server } from "./server";
import type { Sealed, Vault } from "./vault";

const SHORT_PATIENCE_MS = 4_000; // when the event is known already

export interface EventData {
  code: string;
  naam: string;
  datum: string;
  gemeente: string;
  organisator: string;
  site: string;
  laatsteDag: string;
  open: boolean;
}

export interface Site {
  aanbieder: string;
  contact: { naam: string; url: string | null; telefoon: string | null; openingstijden: string | null };
}

export interface Known {
  event: EventData;
  site: Site | null;
}

/** The event as the server has it now, else as it was when it was last heard of; "unknown" when there is no such event,
    and null when that cannot be found out now. */
export async function loadEvent(server: Server, database: Database, code: string): Promise<Known | "unknown" | null> {
  const id = `event ${code}`;
  const known = await database.get<{ id: string } & Known>("facts", id);
  const patience = known ? SHORT_PATIENCE_MS : undefined;
  try {
    const path = encodeURIComponent(code);
    const event = await server.ask<EventData>("GET", `evenementen/${path}`, { patience });
    const site = await server.ask<Site>("GET", `sites/${event.site}`, { patience }).catch(() => known?.site ?? null);
    await database.put("facts", { id, event, site } as { id: string });
    return { event, site };
  } catch (fault) {
    if (!(fault instanceof Refused)) return known ?? null;
    await database.forget("facts", id);
    return "unknown";
  }
}

interface Token {
  token: string;
  geldigTot: string;
}

/** The login of staff: it works without a connection too, until it ends. */
export class Staff {
  readonly #parts: { server: Server; database: Database; vault: Vault; now: () => number };
  readonly #code: string;

  constructor(code: string, parts: { server: Server; database: Database; vault: Vault; now: () => number }) {
    this.#code = code;
    this.#parts = parts;
  }

  get #id(): string {
    return `staff ${this.#code}`;
  }

  async isIn(): Promise<boolean> {
    return (await this.#token()) !== null;
  }

  /** Throws Refused for a wrong key, and Unreachable. */
  async logIn(key: string): Promise<void> {
    const { server, database, vault } = this.#parts;
    const path = `evenementen/${encodeURIComponent(this.#code)}/aanmelding`;
    const answer = await server.ask<Token>("POST", path, { body: { sleutel: key } });
    await database.put("facts", await vault.seal(this.#id, this.#code, answer));
  }

  async logOut(): Promise<void> {
    const { server, database } = this.#parts;
    const token = await this.#token();
    await database.forget("facts", this.#id);
    const path = `evenementen/${encodeURIComponent(this.#code)}/aanmelding`;
    // Without a connection the token ends by itself, and this device no longer has it.
    if (token) void server.ask("DELETE", path, { token: token.token }).catch(() => {});
  }

  async #token(): Promise<Token | null> {
    const { database, vault, now } = this.#parts;
    const row = await database.get<Sealed>("facts", this.#id);
    const token = row ? await vault.unseal<Token>(row) : null;
    return token && Date.parse(token.geldigTot) > now() ? token : null;
  }
}
