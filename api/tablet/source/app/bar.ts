/** The strip at the top: at which event this is, and how the sending goes. */

import { at, button } from "./dom";

const some = (count: number, one: string, more: string) => (count ? [`${count} ${count === 1 ? one : more}`] : []);
const waiting = (intakes: number, contacts: number) =>
  `${[...some(intakes, "intake", "intakes"), ...some(contacts, "contactverzoek", "contactverzoeken")].join(" en ")} `
  + `${intakes + contacts === 1 ? "wacht" : "wachten"} op internet`;
const leaving = (contacts: number) => (contacts === 1 ? "1 contactverzoek gaat zo weg" : `${contacts} contactverzoeken gaan zo weg`);

export interface Counted {
  waiting: number;
  refused: number;
}

export interface Parts {
  intakes: { count(): Promise<Counted> };
  contacts: { count(): Promise<Counted> };
  /** How many intakes this device has sent for the event. */
  tally(): Promise<number>;
  /** Whether the last try to send failed: until then nobody is told of waiting for a connection. */
  failing(): boolean;
  showRefused(): void;
}

export class Bar {
  readonly #parts: Parts;
  staff = false;
  /** Whether a result is on the screen, or was sent since. */
  taken = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  name(event: string): void {
    at("evenement").textContent = event;
    at("balk").hidden = false;
  }

  /** Says that this device cannot keep what is answered. */
  warn(text: string): void {
    if (at("alarm").textContent !== text) at("alarm").textContent = text;
  }

  async renew(): Promise<void> {
    const { intakes, contacts, tally, failing, showRefused } = this.#parts;
    const [counted, asked, sent] = [await intakes.count(), await contacts.count(), await tally()];
    const refused = counted.refused + asked.refused;
    const all = counted.waiting + asked.waiting;
    const done = !all && !refused && sent > 0 && (this.staff || this.taken);
    const told = all && failing() ? waiting(counted.waiting, asked.waiting)
      : asked.waiting ? leaving(asked.waiting) : done ? "Alles is verstuurd" : "";
    const text = told && this.staff && sent ? `${told} (verstuurd: ${sent})` : told;
    // Screen readers tell every change, so nothing is put there twice.
    if (at("stand").textContent !== text) at("stand").textContent = text;
    const shown = this.staff && refused ? [button(`Niet verstuurd: ${refused}`, showRefused, "keuze klein")] : [];
    at("geweigerd").replaceChildren(...shown);
  }
}
