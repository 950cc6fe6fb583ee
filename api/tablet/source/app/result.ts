/** The result on screen and paper, in the order and the words of the form at /scan. */

import type { Advice, Answers, Outcome, Rules } from "../rules/index";
import { hidden, make } from "./dom";

const URGENT = "veiligheid";

function offer(rules: Rules, { naam, reden, laatstGezien, verouderd, url }: Advice): HTMLElement {
  return make("div", { class: "kaart" },
    make("h3", {}, naam),
    make("p", {}, reden),
    make("p", { class: "klein" }, rules.seen(laatstGezien)),
    verouderd && make("p", { class: "waarschuwing" }, rules.outdated),
    url && make("a", { href: url, target: "_blank", rel: "noopener noreferrer" },
      make("span", {}, "Naar de website", hidden(` van ${naam}`), " (opent in een nieuw tabblad)")));
}

const section = (title: string, kind: string, ...content: (Node | false)[]) =>
  make("section", kind ? { class: kind } : {}, make("h2", {}, title), ...content);

/** The result of one day. Whoever shows it gives the focus to its heading. */
export function resultArticle(rules: Rules, answers: Answers, { uitslag, stage, maximum, notes, noteTexts }: Outcome, day: string): HTMLElement {
  const further = rules.questions.filter(({ deel }) => deel === "verdieping");
  const answered = further.filter(({ id }) => id in answers).length;
  const partly = answered > 0 && answered < further.length
    && ` Van de vijf extra vragen beantwoordde je er ${answered}. Ze tellen pas mee als je ze alle vijf beantwoordt.`;
  const remarks = notes.filter((name) => name !== URGENT).map((name) => make("p", {}, noteTexts[name]));
  return make("article", { class: "uitslag", "aria-labelledby": "kop" },
    make("div", {},
      make("p", { class: "alleen-op-papier" }, "Digitale hulp voor ondernemers – Regio Utrecht"),
      make("p", { class: "klein" }, `Jouw uitslag van ${rules.day(day)}`),
      make("h1", { id: "kop", tabindex: -1 }, stage.label),
      make("div", { class: "score" },
        make("progress", { max: maximum, value: uitslag.score, "aria-hidden": "true" }), " ",
        make("strong", {}, `${uitslag.score} van ${maximum} punten`)),
      make("p", {}, stage.betekenis),
      uitslag.voorlopig && make("p", { class: "klein" },
        "Dit is een voorlopige uitslag. Je hebt nog niet alle vragen beantwoord, of je wist een paar antwoorden niet.", partly)),
    notes.includes(URGENT) && section("Kijk eerst naar je veiligheid", "veilig", make("p", {}, noteTexts[URGENT])),
    section("Waarom deze uitslag?", "", make("ul", {}, ...uitslag.uitleg.map((reason) => make("li", {}, reason)))),
    section("Je volgende stap", "stap", make("p", {}, uitslag.volgendeStap)),
    remarks.length > 0 && section("Goed om te weten", "", ...remarks),
    uitslag.initiatieven.length > 0 && section("Hulp die bij je past", "", ...uitslag.initiatieven.map((one) => offer(rules, one))),
    section(uitslag.initiatieven.length ? "Je kunt ook terecht bij" : "Hier kun je terecht", "", offer(rules, uitslag.vangnet)),
    make("div", { class: "slot" },
      make("p", { class: "klein" }, "Deze uitslag komt van een computerprogramma. Er kunnen fouten in staan.")));
}
