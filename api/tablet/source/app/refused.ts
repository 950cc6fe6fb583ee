/** Intakes that the server did not take: why, and a file in which they are not lost. */

import type { Rules } from "../rules/index";
import { button, download, make } from "./dom";
import type { Intake } from "./intakes";

const LETTERS = "abcd";
const SPECIAL: Record<string, string> = { weet_niet: "?", onbekend: "?", nvt: "n.v.t." };

export interface RefusedIntake {
  intake: Intake;
  reason: string;
  day: string;
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

/** For staff: what was not sent, as a file and to be thrown away after that. */
export function refusedScreen(rules: Rules, event: string, refused: RefusedIntake[], drop: () => void, back: () => void): HTMLElement {
  const throwAway = button("Verwijder ze van dit apparaat", drop);
  throwAway.disabled = true;
  const save = () => {
    download(`niet-verstuurd-${event}.csv`, asCsv(rules, refused));
    throwAway.disabled = false;
  };
  return make("div", { class: "bericht" },
    make("h1", { id: "kop", tabindex: -1 }, `Niet verstuurd: ${refused.length}`),
    make("p", {}, "Deze intakes kon de server niet aannemen. Sla ze op als bestand. De organisatie kan ze later inlezen."),
    make("ul", {}, ...refused.map(({ reason, day }) => make("li", {}, `Intake van ${rules.day(day)}: ${reason}`))),
    make("div", { class: "knoppen" }, button("Sla op als bestand", save, "hoofdknop"), throwAway, button("Terug", back)));
}
