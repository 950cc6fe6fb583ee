/** One assistant on a page: the launcher, and what opens from it. */

import { createClient } from "./client";
import { mendColours } from "./colours";
import { build, button, fill, make } from "./dom";
import { watchIdle } from "./idle";
import { createMemory } from "./memory";
import { download, print } from "./print";
import { type At, DUTCH, type Site } from "./shapes";
import css from "./style.css";
import { type Talk, createTalk } from "./talk";
import OWN from "./words.json"; // what has to be said before the server has said anything, or when it does not

const IDLE_SECONDS = "75";

const isOnTouch = () => matchMedia("(pointer:coarse)").matches;
const isSmall = () => matchMedia("(max-width:40rem),(max-height:30rem)").matches;

/** Whether this page lies within one of the patterns, in which `*` stands for anything. */
const covers = (patterns: string[]) => patterns.some((pattern) =>
  RegExp(`^${pattern.replace(/[^\w*]/g, "\\$&").replace(/\*/g, ".*")}$`).test(location.pathname));
const isOn = ({ aan, uit }: Site["paginas"]) => covers(aan) && !covers(uit);

/** Fills the shadow root of the element. `base` is where the assistant runs. */
export function createWidget(host: HTMLElement, shadow: ShadowRoot, base: string): void {
  const attribute = (name: string, otherwise: string) => host.getAttribute(name) ?? otherwise;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  const mode = attribute("weergave", "knop");
  const floating = mode === "knop";
  const kiosk = mode === "kiosk";
  const asked = attribute("taal", (host.closest("[lang]") as HTMLElement)?.lang ?? "").slice(0, 2);
  const language = (asked in OWN ? asked : DUTCH) as keyof typeof OWN;
  const [label, closing, tryAgain, lostText] = OWN[language] as [string, string, string, string];
  const site = attribute("site", "demo");
  const event = attribute("evenement", "");
  const client = createClient(attribute("adres", base), language === DUTCH);
  const memory = createMemory(`mkb-assistent:${site}`, !kiosk);
  const fallback = make("slot");
  const launcher: HTMLButtonElement = make("button", {
    class: "hoofd start", "aria-expanded": "false", "aria-controls": "paneel", click: () => void open(),
  }, attribute("knop", label));
  const root = make("section", { class: "root", "aria-label": launcher.textContent, lang: language }, launcher);
  const at = ((id) => root.querySelector("#" + id)) as At;
  const isOpen = () => host.hasAttribute("open");
  let panel: HTMLDialogElement | undefined;
  let talk: Talk | undefined;
  let kept: HTMLElement | undefined; // the panel of a conversation that goes on when it is opened again
  let opening = false;

  /** Shows a panel; over the whole screen where that is small, and then the page behind it cannot be reached. */
  const put = (next: HTMLElement) => {
    panel?.remove();
    panel = next as HTMLDialogElement;
    panel.id = "paneel";
    panel.oncancel = (event) => {
      if (event.target !== panel) return; // a question inside it
      event.preventDefault();
      close();
    };
    panel.onkeydown = (event) => {
      if (event.key !== "Escape" || panel!.querySelector("dialog[open]")) return;
      const details = panel!.querySelector<HTMLDetailsElement>("details[open]");
      if (details) {
        details.open = false;
        details.querySelector("summary")!.focus();
      } else if (floating) close();
      event.preventDefault();
    };
    panel.onclick = ({ target }) => {
      const pressed = (target as Element).closest("button");
      const { doe, zeg, oordeel, toon } = pressed?.dataset ?? {};
      const group = pressed?.parentElement;
      pressed?.closest("details")?.removeAttribute("open");
      if (zeg) talk!.send({ tekst: zeg }, toon!);
      if (doe) actions[doe]!();
      if (oordeel) {
        talk!.judge(oordeel);
        group!.textContent = toon!;
        group!.focus();
      }
    };
    root.append(panel);
    launcher.ariaExpanded = "true";
    host.setAttribute("open", "");
    if (floating && isSmall()) panel.showModal();
    else panel.open = true; // as show() does, without moving the focus
    mendColours(root);
    return panel;
  };

  const close = () => {
    opening = false;
    host.removeAttribute("open");
    if (fallback.isConnected) root.append(fallback); // lost: the host's own content is back on the page
    panel!.open = false;
    panel!.remove();
    launcher.ariaExpanded = "false";
    launcher.focus();
    talk?.save();
  };

  /** Forgets the conversation, closes, and says so next to the launcher. */
  const erase = async (text: string) => {
    if (!(await talk!.erase())) return;
    kept = undefined;
    close();
    const note = make("p", { class: "gezegd", role: "status" });
    root.append(note);
    setTimeout(() => note.append(text));
    setTimeout(() => note.remove(), 8000);
  };

  const actions: Record<string, () => void> = { sluit: close };

  /** Shows the host's own content where the person looks. */
  const standIn = (found?: Site) => {
    put(found ? build(found.pauze) : make(floating ? "dialog" : "div", { class: "paneel", "aria-labelledby": floating && "kop" },
      make("div", { class: "kop" }, make("h2", { id: "kop", tabindex: -1 }, launcher.textContent), button(closing, close)),
      make("p", { class: "ai", role: "alert" }, lostText),
      make("p", { class: "mens" }, button(tryAgain, () => {
        close();
        void open();
      })))).append(fallback);
    at("kop").focus();
  };

  const converse = ({ thema, paneel, teksten: texts }: Site, quiet?: boolean) => {
    for (const [name, value] of Object.entries(thema)) root.style.setProperty(`--mkb-${name}`, value);
    fallback.remove();
    const panel = kept = put(build(paneel));
    const log = at("log");
    const question = at("verwijderen") as HTMLDialogElement;
    const answers = at("antwoorden") as HTMLDetailsElement;
    const bar = at("voortgang") as HTMLProgressElement;
    question.onclose = () => void (question.returnValue && erase(texts.verwijderd!));
    answers.ontoggle = () => answers.open && talk!.answers().then(
      (list) => at("lijst").replaceChildren(build(list)),
      () => (answers.open = false)); // opening it again tries again
    Object.assign(actions, {
      print: () => print(log.querySelector("article")!, root, texts.kop!),
      download: () => download(texts.bestand!, [texts.kop, texts.ai,
        ...[...log.querySelectorAll<HTMLElement>(":scope > p, article")].map((node) => node.innerText),
      ].join("\n\n")),
      verwijder() {
        question.returnValue = "";
        question.showModal();
      },
    });

    talk = createTalk({
      beginning: { site, ...(event ? { kanaal: "evenement", evenement: event } : { kanaal: "widget" }) },
      at, texts, client, memory, isOpen,
      focusOn: (node, other) => (isOnTouch() ? node : other).focus({ preventScroll: true }),
      isFocusFree() {
        const focused = shadow.activeElement;
        return focused ? focused.matches(".dok *, [tabindex='-1']") : document.activeElement === document.body;
      },
      changed(turn, answered, lost) {
        const { vraag, nummer, totaal } = turn?.voortgang ?? {};
        at("stand").textContent = vraag ? fill(texts.vraag!, nummer, totaal) : "";
        bar.hidden = !vraag;
        if (vraag) Object.assign(bar, { max: totaal, value: nummer });
        answers.open = false;
        answers.hidden = !Object.values(turn?.antwoorden ?? {}).some((code) => code !== null);
        at("ai").classList.toggle("klein", answered);
        if (lost) panel.append(fallback);
        else fallback.remove();
      },
    });
    if (!quiet) take();
    if (kiosk) watchIdle(+attribute("stil", IDLE_SECONDS), at("stil") as HTMLDialogElement, () => void erase(texts.verwijderd!));
    void talk.open();
  };

  /** Takes the focus. */
  const take = () => at(isOnTouch() ? "kop" : "veld").focus();

  /** Asks the server about the site, and shows the conversation or what stands in for it. `quiet` leaves the focus. */
  const open = async (quiet?: boolean) => {
    if (opening || isOpen()) return;
    if (kept) {
      put(kept);
      return take();
    }
    opening = true;
    const found: Site | undefined = await client(
      "GET", `sites/${site}/weergave?taal=${language}&vorm=${mode}`, {}, () => isOpen() || standIn()).catch(() => {});
    if (!opening) return; // closed while it was tried again
    opening = false;
    if (found?.actief && isOn(found.paginas)) converse(found, quiet);
    else standIn(found);
  };

  const list = (name: string, otherwise: string) => attribute(name, otherwise).split(/\s+/);
  if (!isOn({ aan: list("paginas", "/*"), uit: list("niet-op", "") })) root.replaceChildren(fallback);
  shadow.append(root);
  requestAnimationFrame(() => mendColours(root));
  if (memory.load()?.open && !(floating && isSmall())) void open(true);
}
