/** The result on somebody's own phone: made anew from the codes in the link, and recorded nowhere. */

import { Rules, type RulesData } from "../rules/index";
import { at, make } from "./dom";
import { type Linked, readLink } from "./link";
import { RULES } from "./offline";
import { resultArticle } from "./result";

const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" });
const AHEAD_MS = 24 * 60 * 60 * 1000; // by which this phone's clock may be behind that of the tablet

const notice = (title: string, text: string, ...more: Node[]) =>
  make("div", { class: "bericht" }, make("h1", { id: "kop", tabindex: -1 }, title), make("p", {}, text), ...more);

const broken = () => notice("We kunnen deze uitslag niet laten zien",
  "De link is niet heel, of hij is van een oudere scan. Scan de QR-code opnieuw, of doe de scan nog een keer.",
  make("p", {}, make("a", { class: "keuze", href: "/scan" }, "Doe de scan")));

const lost = () => notice("We krijgen geen verbinding", "Kijk of je internet hebt en probeer het dan opnieuw.",
  make("p", {}, make("button", { class: "keuze", type: "button", click: () => location.reload() }, "Probeer opnieuw")));

const whole = (rules: Rules, { answers, day }: Linked) => make("div", { class: "stapel" },
  resultArticle(rules, answers, rules.result(answers, day), day),
  make("div", { class: "knoppen niet-op-papier" },
    make("button", { class: "keuze", type: "button", click: () => print() }, "Print of bewaar"),
    make("a", { class: "keuze", href: "/scan" }, "Doe de scan opnieuw")),
  make("p", { class: "klein niet-op-papier" },
    "Je antwoorden staan alleen in deze link, als codes zonder naam. Wie de link heeft, kan je uitslag zien."));

const load = async (): Promise<Rules> => {
  const response = await fetch(RULES);
  if (!response.ok) throw new Error(String(response.status));
  return new Rules((await response.json()) as RulesData);
};

async function show(): Promise<void> {
  const shown = await load().then(
    (rules) => {
      const linked = readLink(location.hash, rules, DAY.format(Date.now() + AHEAD_MS));
      return linked ? whole(rules, linked) : broken();
    },
    lost,
  );
  at("scherm").replaceChildren(shown);
  document.title = `${at("kop").textContent} – Digitale hulp voor ondernemers`;
  at("kop").focus();
}

addEventListener("hashchange", () => void show());
void show();
