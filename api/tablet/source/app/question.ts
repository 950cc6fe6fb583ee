/** One question as the whole screen: what can be tapped, the way back, and what was answered so far. */

import type { Choice, Question, Rules } from "../rules/index";
import { button, fill, hidden, make } from "./dom";
import { createLookUp } from "./lookup";
import type { Intake } from "./intakes";
import * as w from "../words/tablet.json";

export interface Asked {
  rules: Rules;
  question: Question;
  intake: Intake;
  today: string;
  /** The municipality to offer first. */
  municipality: string;
  answer(code: string): void;
  /** To the question before, or to the result. */
  back(): void;
  backTo: string;
  goTo(question: Question): void;
}

export const isAlone = ({ codes }: Intake) => codes.personen === "1";

/** An answer in a few words, for the list of answers. */
export function inShort(rules: Rules, question: Question, intake: Intake, today: string): string {
  const code = intake.codes[question.id];
  return code === undefined ? "" : (rules.title(question.id, code, today, isAlone(intake)) ?? "").replace(/, zoals .*/, "");
}

/** The questions of one part with their answers; each leads to its question once it was answered. */
export function rail({ rules, question, intake, today, goTo }: Asked): HTMLElement {
  const part = rules.questions.filter(({ deel }) => deel === question.deel);
  return make("nav", { class: "spoor", "aria-label": w.antwoorden }, make("ol", {}, ...part.map((one) => {
    const answer = inShort(rules, one, intake, today);
    const here = one.id === question.id;
    return make("li", {}, answer || here
      ? make("button", { type: "button", "aria-current": here && "step", click: () => goTo(one) },
        make("span", {}, one.kort), answer && make("span", { class: "antwoord" }, hidden(": "), answer))
      : make("span", { class: "nog" }, one.kort));
  })));
}

const options = ({ intake, question }: Asked, choices: Choice[], take: (code: string) => void) =>
  make("div", { class: "opties", role: "group", "aria-labelledby": "kop" }, ...choices.map(({ code, title }) =>
    make("button", {
      class: "optie", type: "button", "aria-pressed": String(intake.codes[question.id] === code), click: () => take(code),
    }, title)));

/** The two questions that are answered in somebody's own words. */
function lookUp(asked: Asked): HTMLElement {
  const { rules, question, intake, today, municipality, answer } = asked;
  const isPlace = question.id === "gemeente";
  const all = () => (isPlace ? rules.places(today) : rules.sectors());
  const here = isPlace ? all().filter(({ code }) => code === rules.current(municipality, today)) : [];
  const besides = isPlace ? all().slice(-2) : question.choices();
  const holder = make("div", { class: "zoekvraag" });
  const search = () => holder.replaceChildren(
    options(asked, [...here, ...besides], answer),
    createLookUp({
      label: isPlace ? w.typPlaats : w.typBedrijf,
      notFound: isPlace ? w.geenPlaats : w.nietHerkend,
      tooLarge: w.groterGebied,
      suggest: (text) => (isPlace ? rules.suggestPlaces(text, today) : rules.suggestSectors(text)),
      read: (text) => (isPlace ? rules.readPlace(text, today) : rules.readSector(text)),
      all,
      chosen: answer,
      understood: confirm,
    }),
    make("p", { class: "klein" }, w.typGeen));
  const sector = (code: string, title: string) => {
    const name = isPlace ? title : inShort(rules, question, { ...intake, codes: { bedrijf: code } }, today);
    return name.toLowerCase() === title.toLowerCase() ? "" : ` (${name})`;
  };
  const confirm = ({ code, title }: Choice) => {
    const further = button(w.jaVerder, () => answer(code), "hoofdknop");
    holder.replaceChildren(make("div", { class: "begrepen" },
      make("p", { role: "status" }, `${w.begrepenAls} `, make("strong", {}, title), sector(code, title)),
      make("div", { class: "knoppen" }, further, button(w.neeAnders, () => {
        search();
        holder.querySelector("input")!.focus();
      }))));
    further.focus();
  };
  search();
  if (!isPlace) holder.prepend(holder.querySelector(".zoeker")!); // the field comes first where it is the answer
  return holder;
}

export function questionScreen(asked: Asked): HTMLElement {
  const { rules, question, intake, answer, back, backTo } = asked;
  const part = rules.questions.filter(({ deel }) => deel === question.deel);
  const number = part.indexOf(question) + 1;
  const alone = isAlone(intake);
  const typed = question.id === "bedrijf" || question.id === "gemeente";
  return make("div", { class: "stap-voor-stap" },
    rail(asked),
    make("section", { class: "vraagblad", "aria-labelledby": "kop" },
      make("progress", { max: part.length, value: number, "aria-hidden": "true" }),
      make("p", { class: "nummer" }, fill(question.deel === "kern" ? w.vraag : w.extraVraag, number, part.length)),
      make("h1", { id: "kop", tabindex: -1 }, alone ? question.vraagAlleen : question.vraag),
      typed ? lookUp(asked) : options(asked, question.choices(alone), answer),
      make("div", { class: "vraagvoet" },
        button(backTo, back),
        make("details", {}, make("summary", {}, w.uitleg, hidden(` ${fill(w.bij, question.kort)}`)),
          make("p", {}, `${question.uitleg} ${question.waarom}`)))));
}
