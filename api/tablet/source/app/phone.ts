/** The result on somebody's own phone: made anew from the codes in the link, and recorded nowhere. */

import { Rules, type RulesData } from "../rules/index";
import { at, fill, make } from "./dom";
import { type Linked, readLink } from "./link";
import { RULES } from "./offline";
import { resultArticle } from "./result";
import * as w from "../words/tablet.json";

const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" });
const AHEAD_MS = 24 * 60 * 60 * 1000; // by which this phone's clock may be behind that of the tablet

const notice = (title: string, text: string, ...more: Node[]) =>
  make("div", { class: "bericht" }, make("h1", { id: "kop", tabindex: -1 }, title), make("p", {}, text), ...more);

const broken = () => notice(w.uitslagKapot,
  w.linkKapot,
  make("p", {}, make("a", { class: "keuze", href: "/scan" }, w.doeScan)));

const lost = () => notice(w.geenVerbinding, w.kijkInternet,
  make("p", {}, make("button", { class: "keuze", type: "button", click: () => location.reload() }, w.probeer)));

const whole = (rules: Rules, { answers, day }: Linked) => make("div", { class: "stapel" },
  resultArticle(rules, answers, rules.result(answers, day), day),
  make("div", { class: "knoppen niet-op-papier" },
    make("button", { class: "keuze", type: "button", click: () => print() }, w.printBewaar),
    make("a", { class: "keuze", href: "/scan" }, w.scanOpnieuw)),
  make("p", { class: "klein niet-op-papier" },
    w.alleenLink));

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
  document.title = fill(w.paginaTitel, at("kop").textContent);
  at("kop").focus();
}

addEventListener("hashchange", () => void show());
void show();
