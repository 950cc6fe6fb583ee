/** The strip at the top: at which event this is, and how the sending goes. */

import { at, button, fill } from "./dom";
import * as w from "../words/tablet.json";

const some = (count: number, one: string, more: string) => (count ? [fill(count === 1 ? one : more, count)] : []);
const waiting = (intakes: number, contacts: number) => fill(
  intakes + contacts === 1 ? w.wacht : w.wachten,
  [...some(intakes, w.intake, w.intakes), ...some(contacts, w.contactverzoek, w.contactverzoeken)].join(w.en));
const leaving = (contacts: number) => fill(contacts === 1 ? w.gaatWeg : w.gaanWeg, contacts);

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
      : asked.waiting ? leaving(asked.waiting) : done ? w.allesVerstuurd : "";
    const text = told && this.staff && sent ? fill(w.ookVerstuurd, told, sent) : told;
    // Screen readers tell every change, so nothing is put there twice.
    if (at("stand").textContent !== text) at("stand").textContent = text;
    const shown = this.staff && refused ? [button(fill(w.nietVerstuurd, refused), showRefused, "keuze klein")] : [];
    at("geweigerd").replaceChildren(...shown);
  }
}
