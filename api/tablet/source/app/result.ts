/** The result on screen and paper, in the order and the words of the form at /scan. */

import type { Advice, Answers, Outcome, Rules } from "../rules/index";
import { fill, hidden, make } from "./dom";
import * as w from "../words/tablet.json";
import * as u from "../words/uitslag.json";

const URGENT = "veiligheid";

function offer(rules: Rules, { naam, reden, laatstGezien, verouderd, url }: Advice): HTMLElement {
  return make("div", { class: "kaart" },
    make("h3", {}, naam),
    make("p", {}, reden),
    make("p", { class: "klein" }, rules.seen(laatstGezien)),
    verouderd && make("p", { class: "waarschuwing" }, rules.outdated),
    url && make("a", { href: url, target: "_blank", rel: "noopener noreferrer" },
      make("span", {}, u.naarWebsite, hidden(` ${fill(w.websiteVan, naam)}`), ` ${u.nieuwTabbladOpent}`)));
}

const section = (title: string, kind: string, ...content: (Node | false)[]) =>
  make("section", kind ? { class: kind } : {}, make("h2", {}, title), ...content);

/** The result of one day. Whoever shows it gives the focus to its heading. */
export function resultArticle(rules: Rules, answers: Answers, { uitslag, stage, maximum, notes, noteTexts }: Outcome, day: string): HTMLElement {
  const further = rules.questions.filter(({ deel }) => deel === "verdieping");
  const answered = further.filter(({ id }) => id in answers).length;
  const partly = answered > 0 && answered < further.length
    && ` ${fill(u.eenDeel, answered)}`;
  const remarks = notes.filter((name) => name !== URGENT).map((name) => make("p", {}, noteTexts[name]));
  return make("article", { class: "uitslag", "aria-labelledby": "kop" },
    make("div", {},
      make("p", { class: "alleen-op-papier" }, w.merk),
      make("p", { class: "klein" }, fill(u.van, rules.day(day))),
      make("h1", { id: "kop", tabindex: -1 }, stage.label),
      make("div", { class: "score" },
        make("progress", { max: maximum, value: uitslag.score, "aria-hidden": "true" }), " ",
        make("strong", {}, fill(u.punten, uitslag.score, maximum))),
      make("p", {}, stage.betekenis),
      uitslag.voorlopig && make("p", { class: "klein" },
        u.voorlopig, partly)),
    notes.includes(URGENT) && section(u.veiligheid, "veilig", make("p", {}, noteTexts[URGENT])),
    section(u.waarom, "", make("ul", {}, ...uitslag.uitleg.map((reason) => make("li", {}, reason)))),
    section(u.stap, "stap", make("p", {}, uitslag.volgendeStap)),
    remarks.length > 0 && section(u.weten, "", ...remarks),
    uitslag.initiatieven.length > 0 && section(u.hulp, "", ...uitslag.initiatieven.map((one) => offer(rules, one))),
    section(uitslag.initiatieven.length ? u.ook : u.hier, "", offer(rules, uitslag.vangnet)),
    make("div", { class: "slot" },
      make("p", { class: "klein" }, u.computer)));
}
