/** A field in which somebody types in their own words, with what it may stand for below it: a combobox. What is typed is
    read here, in the browser, and is gone when the question is. */

import type { Choice, Reading } from "../rules/index";
import { button, fill, make } from "./dom";
import * as w from "../words/tablet.json";

const LONGEST = 100; // characters

export interface LookUp {
  label: string;
  /** What to say when nothing is recognised, and when what was named is too large. */
  notFound: string;
  tooLarge: string;
  suggest(text: string): Choice[];
  read(text: string): Reading | null;
  all(): Choice[];
  /** The answer that was chosen, and that is to be gone on with. */
  chosen(code: string): void;
  /** The answer that was understood from somebody's own words, and that is shown first. */
  understood(choice: Choice): void;
}

export function createLookUp({ label, notFound, tooLarge, suggest, read, all, chosen, understood }: LookUp): HTMLElement {
  let options: Choice[] = [];
  let active = -1;

  const field = make("input", {
    id: "zoek", class: "tekst", type: "text", role: "combobox", maxlength: LONGEST, autocomplete: "off", spellcheck: "false",
    autocapitalize: "off", enterkeyhint: "next", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "lijst",
    "aria-describedby": "zoek-uitkomst",
  });
  const list = make("ul", { id: "lijst", class: "suggesties", role: "listbox", "aria-label": label, hidden: true });
  const outcome = make("p", { id: "zoek-uitkomst", class: "uitkomst", role: "status" });
  const further = button(w.verder, () => settle(true), "hoofdknop");
  further.hidden = true;

  const mark = (index: number) => {
    active = index;
    [...list.children].forEach((node, position) => node.setAttribute("aria-selected", String(position === active)));
    const node = list.children[active];
    node?.scrollIntoView({ block: "nearest" });
    if (node) field.setAttribute("aria-activedescendant", node.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const show = (choices: Choice[], told: string) => {
    options = choices;
    list.replaceChildren(...choices.map(({ code, title }, index) => make("li", {
      id: `lijst-${index}`, role: "option", "aria-selected": "false",
      // The field keeps the focus: leaving it would read what is typed.
      pointerdown: (event: Event) => event.preventDefault(),
      click: () => chosen(code),
    }, title)));
    list.hidden = !choices.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    outcome.textContent = told;
    mark(-1);
  };
  const text = () => field.value.trim();

  /** Takes what is typed as it stands. `whole` shows the whole list when nothing is recognised. */
  const settle = (whole: boolean) => {
    const reading = text() ? read(text()) : null;
    const [first] = reading?.choices ?? [];
    if (first && reading!.certain) {
      field.value = "";
      understood(first);
    } else if (first) show(reading!.choices, reading!.ask);
    else if (text() || whole) show(all(), reading ? tooLarge : notFound);
  };

  const keys: Record<string, () => void> = {
    ArrowDown: () => mark(active + 1 < options.length ? active + 1 : 0),
    ArrowUp: () => mark(active > 0 ? active - 1 : options.length - 1),
    Escape: () => {
      if (list.hidden) field.value = "";
      show([], "");
      further.hidden = !text();
    },
    Enter: () => {
      const choice = options[active];
      if (choice) chosen(choice.code);
      else settle(true);
    },
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method uses these keys itself
    if (event.key === "Tab" && text()) settle(false);
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  field.addEventListener("input", () => {
    const found = text() ? suggest(text()) : [];
    further.hidden = !text();
    show(found, found.length ? fill(found.length === 1 ? w.mogelijkheid : w.mogelijkheden, found.length) : "");
  });
  field.addEventListener("blur", ({ relatedTarget }) => {
    // A button that is being pressed stays where it is: it may lead away from here.
    const pressed = (relatedTarget as Element | null)?.closest("button, summary, a");
    if (!pressed && document.hasFocus() && field.isConnected) settle(false);
  });

  return make("div", { class: "zoeker" },
    make("label", { class: "label", for: "zoek" }, label),
    make("div", { class: "zoekrij" }, field, further),
    outcome, list,
    button(w.heleLijst, () => {
      show(all(), w.kiesLijst);
      field.focus();
    }));
}
