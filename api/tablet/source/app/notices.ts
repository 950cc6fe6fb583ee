/** Screens that say why there is no intake here, or not yet, and what to do. */

import { button, fill, make } from "./dom";
import * as w from "../words/tablet.json";

const screen = (title: string, text: string, ...more: Node[]) =>
  make("div", { class: "bericht" }, make("h1", { id: "kop", tabindex: -1 }, title), make("p", {}, text), ...more);

const again = () => button(w.probeer, () => location.reload());
const toScan = (query = "") => make("p", {}, make("a", { class: "keuze", href: `/scan${query}` }, w.zonderCode));

export const unknownScreen = (code: string) => screen(w.onbekendeCode,
  fill(w.kijkCode, code), toScan());

export const endedScreen = (name: string, site: string) => screen(w.voorbij,
  fill(w.codeVoorbij, name),
  toScan(`?${new URLSearchParams({ site })}`));

export const lostScreen = () => screen(w.geenVerbinding,
  w.kentNiet,
  again());

export const insecureScreen = () => screen(w.alleenVeilig,
  w.metHttps, toScan());

export const brokenScreen = () => screen(w.startNiet, w.laadFout, again());
