/** A request for contact beside the intake on the screen: the way to it, the form, and what becomes of it. */

import type { Contact, Outcome, Rules } from "../rules/index";
import type { Consent, Consents } from "./consents";
import { contactScreen } from "./contact";
import type { ContactSender, Fate } from "./contact-sender";
import type { Contacts } from "./contacts";
import { button, fill, make } from "./dom";
import type { Intake } from "./intakes";
import { remember, remembered } from "./tab";
import * as w from "../words/tablet.json";

const KEY = "intake:asked";

export interface Parts {
  rules: Rules;
  consents: Consents;
  contacts: Contacts;
  contactSender: ContactSender;
}

export interface Shown {
  intake: Intake;
  outcome: Outcome;
  day: string;
  own: boolean;
  /** Shows the screen anew. */
  again(): void;
  back(): void;
  done: string;
  close(): void;
}

/** What is known here of a request: not what was filled in. */
interface Receipt {
  id: string;
  byMail: boolean;
  fate: Fate | "dropped" | null;
}

export class Asking {
  readonly #parts: Parts;
  #receipt: Receipt | null = null;
  /** Kept while its intake is on the screen, so that a look at the result loses nothing. */
  #form: { revision: number; screen: HTMLElement } | null = null;
  #told = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes up what this tab showed before it was loaded again. */
  async restore(): Promise<void> {
    const [id, way] = (remembered(KEY) ?? "").split(" ");
    if (!id) return;
    const kept = await this.#parts.contacts.read(id);
    const fate: Fate | null = kept ? (kept.refused === undefined ? null : { refused: kept.refused }) : { withdraw: null };
    this.#receipt = { id, byMail: way === "mail", fate };
  }

  /** Nothing of it is on this screen any more, for whoever comes next. */
  clear(): void {
    this.#receipt = this.#form = null;
    this.#told = () => {};
    remember(KEY, null);
  }

  told(id: string, fate: Fate): void {
    if (this.#receipt?.id !== id) return;
    this.#receipt.fate = fate;
    this.#told();
  }

  /** What is told of a request depends on how the sending goes. */
  renew(): void {
    this.#told();
  }

  /** The way to the form, below the result; null when nobody of this result can be asked. */
  invitation(outcome: Outcome, open: () => void): HTMLElement | null {
    const names = this.#parts.consents.of(outcome).map(({ naam }) => naam);
    const asked = this.#receipt && this.#receipt.fate !== "dropped";
    if (!names.length && !asked) return null;
    return make("section", { class: "vraag uitnodiging niet-op-papier", "aria-labelledby": "contact-kop" },
      make("h2", { id: "contact-kop" }, asked ? w.hebtGevraagd : w.wilJe),
      make("p", {}, asked
        ? w.blijft
        : fill(w.zalIk, names.length > 1 ? w.eenVanDeze : names[0])),
      button(asked ? w.bekijkVraag : w.vraagContact, open));
  }

  /** The form, or what became of it. */
  screen(shown: Shown): HTMLElement {
    if (this.#receipt && this.#receipt.fate !== "dropped") return this.#receiptScreen(this.#receipt, shown);
    const { intake, outcome, day, own, back } = shown;
    if (this.#form?.revision !== intake.revision) {
      const screen = contactScreen({
        rules: this.#parts.rules, intake, day, own, back, stage: outcome.stage.label, consents: this.#parts.consents.of(outcome),
        send: (contact, chosen) => void this.#keep(shown, contact, chosen),
      });
      this.#form = { revision: intake.revision, screen };
    }
    return this.#form.screen;
  }

  async #keep({ intake, outcome, own, again }: Shown, contact: Contact, chosen: Consent[]): Promise<void> {
    const { personen = "", bedrijf = "", gemeente = "", hulpvraag = "" } = intake.codes;
    const [sbi2025 = "", sbi2008 = sbi2025] = bedrijf.split("/");
    const id = crypto.randomUUID();
    this.#receipt = { id, byMail: !!contact.email, fate: null };
    this.#form = null;
    remember(KEY, `${id} ${contact.email ? "mail" : "telefoon"}`);
    await this.#parts.contactSender.keep(id, {
      ...contact,
      evenement: intake.event,
      initiatieven: chosen.map(({ id, tekstHash }) => ({ id, tekstHash })),
      profiel: { sbi2025, sbi2008, grootteklasse: personen, gemeente, fase: outcome.uitslag.fase, hulpvraag },
    }, own);
    again();
  }

  #receiptScreen(receipt: Receipt, shown: Shown): HTMLElement {
    const { again, back, done, close } = shown;
    const title = make("h1", { id: "kop", tabindex: -1 });
    const told = make("div", { class: "stapel", role: "status" });
    const wipe = button(w.wisVraag, () => void drop());
    const retry = button(w.vraagOpnieuw, () => void drop().then(again), "hoofdknop");
    const drop = async () => {
      const there = await this.#parts.contactSender.drop(receipt.id);
      if (there) receipt.fate = "dropped";
      else receipt.fate ??= { withdraw: null };
      if (there) remember(KEY, null);
      this.#told();
    };
    this.#told = () => {
      const { heading, text } = this.#words(receipt, shown.own);
      title.textContent = heading;
      const parts = text.map((part) => (typeof part === "string" ? make("p", {}, part) : part));
      // Screen readers tell every change, so nothing is put there twice.
      if (told.textContent !== parts.map(({ textContent }) => textContent).join("")) told.replaceChildren(...parts);
      const { fate } = receipt;
      wipe.hidden = fate !== null;
      retry.hidden = fate === null || fate === "dropped" || !("refused" in fate);
    };
    this.#told();
    return make("div", { class: "bericht niet-op-papier" }, title, told,
      make("div", { class: "knoppen" }, retry, button(done, close, "hoofdknop"), button(w.terugUitslag, back), wipe));
  }

  #words({ fate, byMail }: Receipt, own: boolean): { heading: string; text: (string | Node)[] } {
    if (fate === "dropped") return { heading: w.vraagGewist, text: [w.nietsMeer] };
    if (fate && "refused" in fate) return { heading: w.nogNietVerstuurd, text: [fate.refused] };
    if (fate) {
      return byMail
        ? { heading: w.vraagVerstuurd, text: [w.kijkMail] }
        : { heading: w.doorgegeven, text: [w.gebeld, ...(own && fate.withdraw ? withdrawing(fate.withdraw) : [])] };
    }
    const soon = this.#parts.contactSender.failing || !navigator.onLine
      ? w.zodraVerbinding : own ? w.overMinuut : w.binnenKwartier;
    return {
      heading: w.bewaard,
      text: byMail
        ? [fill(w.sturenMail, soon)]
        : [fill(w.gevenDoor, soon), w.geenMail],
    };
  }
}

const withdrawing = (address: string) => [
  w.bewaarLink,
  make("p", { class: "link" }, make("a", { href: address, target: "_blank", rel: "noopener" }, address)),
];
