/** What the server did not take: why, a file in which intakes are not lost, and who asked for contact in vain. */

import type { Rules } from "../rules/index";
import type { Clock } from "./clock";
import type { Contacts, Waiting } from "./contacts";
import { button, download, fill, make } from "./dom";
import type { Intake, Intakes } from "./intakes";
import * as w from "../words/tablet.json";

const LETTERS = "abcd";
const SPECIAL: Record<string, string> = { weet_niet: "?", onbekend: "?", nvt: "n.v.t." };

export interface RefusedIntake {
  intake: Intake;
  reason: string;
  day: string;
}

export interface Refusals {
  intakes: RefusedIntake[];
  contacts: (Waiting & { day: string })[];
}

export async function allRefused({ intakes, contacts, clock }: { intakes: Intakes; contacts: Contacts; clock: Clock }): Promise<Refusals> {
  const taken = (await intakes.all()).filter(({ state }) => state === "refused");
  const asked = (await contacts.all()).filter(({ refused }) => refused !== undefined);
  return {
    intakes: taken.map(({ intake, reason }) => ({ intake, reason, day: clock.dayOf(intake.at, intake.correction) })),
    contacts: asked.map((one) => ({ ...one, day: clock.dayOf(one.at) })),
  };
}

/** A cell that no spreadsheet takes for a formula or for more cells. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;

/** An answer as the template for paper intakes has it: the letter of the option, or words. */
function written(rules: Rules, id: string, code: string | undefined, day: string): string {
  if (code === undefined) return "";
  const question = rules.questions.find((one) => one.id === id)!;
  const title = rules.title(id, code, day) ?? code;
  return SPECIAL[code] ?? (question.scored ? LETTERS[+code]! : title);
}

const HEADINGS: Record<string, string> = { gemeente: "Plaats" };

/** The intakes as a file with the columns of the template for paper intakes. */
export function asCsv(rules: Rules, refused: RefusedIntake[]): string {
  const heading = ["Datum", ...rules.questions.map(({ id, kort }) => HEADINGS[id] ?? kort)];
  const rows = refused.map(({ intake, day }) => [day, ...rules.questions.map(({ id }) => written(rules, id, intake.codes[id], day))]);
  return "\uFEFF" + [heading, ...rows].map((row) => row.map(cell).join(";") + "\r\n").join("");
}

export interface Shown extends Refusals {
  rules: Rules;
  event: string;
  /** Whether staff look: nobody else sees who asked for contact. */
  staff: boolean;
  dropIntakes(): void;
  dropContact(id: string): void;
  back(): void;
}

function intakesPart({ rules, event, intakes, dropIntakes }: Shown): HTMLElement {
  const throwAway = button(w.verwijder, dropIntakes);
  throwAway.disabled = true;
  const save = () => {
    download(`niet-verstuurd-${event}.csv`, asCsv(rules, intakes));
    throwAway.disabled = false;
  };
  return make("div", { class: "stapel" },
    make("p", {}, w.intakesGeweigerd),
    make("ul", {}, ...intakes.map(({ reason, day }) => make("li", {}, fill(w.intakeVan, rules.day(day), reason)))),
    make("div", { class: "knoppen" }, button(w.slaOp, save, "hoofdknop"), throwAway));
}

/** They go into no file: contact data belong nowhere else. */
function contactsPart({ rules, contacts, staff, dropContact }: Shown): HTMLElement {
  const person = ({ id, body }: Waiting) => make("details", {}, make("summary", {}, w.toonWie),
    make("p", {}, [body.naam, body.telefoon, body.email].filter(Boolean).join(", ")), button(w.wisVerzoek, () => dropContact(id)));
  return make("div", { class: "stapel" },
    make("p", {}, staff
      ? w.verzoekenGeweigerd
      : w.verzoekenMeldAan),
    make("ul", {}, ...contacts.map((one) => make("li", {},
      fill(w.verzoekVan, rules.day(one.day), one.refused), staff && person(one)))));
}

/** For staff: what was not sent, and what to do with it. */
export function refusedScreen(shown: Shown): HTMLElement {
  const { intakes, contacts, back } = shown;
  return make("div", { class: "bericht niet-op-papier" },
    make("h1", { id: "kop", tabindex: -1 }, fill(w.nietVerstuurd, intakes.length + contacts.length)),
    intakes.length > 0 && intakesPart(shown),
    contacts.length > 0 && contactsPart(shown),
    make("div", { class: "knoppen" }, button(w.terug, back)));
}
