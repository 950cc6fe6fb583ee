/** The first screen at an event: do the scan, or log in as staff. */

import type { Known } from "./event";
import { button, fill, make } from "./dom";
import * as w from "../words/tablet.json";

export interface Start {
  known: Known;
  day: string;
  staff: boolean;
  /** Something that has to be said before anybody begins. */
  warnings: string[];
  /** An intake that was not finished. */
  unfinished: { goOn(): void; drop(): void } | null;
  begin(): void;
  /** Says what is wrong with the key; null when it was right. */
  logIn(key: string): Promise<string | null>;
  logOut(): void;
  prepared(): Promise<boolean>;
  prepare(): Promise<boolean>;
}

/** Whether the next start needs no connection, and a way to see to it. */
function preparation({ prepared, prepare }: Start): HTMLElement {
  const told = make("p", { role: "status", class: "gereed" });
  const act = button(w.zetKlaar, () => show(prepare()));
  const holder = make("div", { class: "klaarzetten" }, told, act);
  const show = async (ready: Promise<boolean>) => {
    act.hidden = true;
    told.textContent = w.zettenKlaar;
    const done = await ready;
    told.textContent = done ? w.staatKlaar : w.nogNietKlaar;
    act.hidden = done;
  };
  void show(prepared());
  return holder;
}

function login({ logIn }: Start): HTMLElement {
  const fault = make("p", { id: "sleutel-fout", class: "fout", role: "alert" });
  const field = make("input", {
    id: "sleutel", class: "tekst sleutel", type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    maxlength: 64, "aria-describedby": "sleutel-fout",
  });
  const form = make("form", {
    novalidate: true,
    async submit(event: Event) {
      event.preventDefault();
      fault.textContent = "";
      const wrong = field.value.trim() ? await logIn(field.value) : w.vulSleutel;
      if (!wrong) return;
      fault.textContent = wrong;
      field.setAttribute("aria-invalid", "true");
      field.focus();
    },
  },
  make("label", { class: "label", for: "sleutel" }, w.sleutel), fault, field,
  make("button", { class: "hoofdknop", type: "submit" }, w.aanmelden));
  return make("details", { class: "aanmelden" }, make("summary", {}, w.medewerker), form);
}

export function startScreen(start: Start): HTMLElement {
  const { known: { event, site }, day, staff, warnings, unfinished, begin, logOut } = start;
  return make("div", { class: "begin" },
    make("div", {},
      make("p", { class: "nummer" }, `${day}, ${event.organisator}`),
      make("h1", { id: "kop", tabindex: -1 }, event.naam)),
    ...warnings.map((text) => make("p", { class: "waarschuwing", role: "alert" }, text)),
    make("p", { class: "inleiding" }, staff
      ? w.inleidingMedewerker
      : w.inleiding),
    unfinished
      ? make("div", { class: "let-op verder-gaan" },
        make("h2", {}, w.nietAf),
        make("div", { class: "knoppen" },
          button(w.gaVerder, unfinished.goOn, "hoofdknop"), button(w.beginOpnieuw, unfinished.drop)))
      : button(staff ? w.start : w.doeZelf, begin, "hoofdknop groot"),
    make("div", { class: "let-op" },
      make("p", {}, site ? `${fill(w.aanbieder, site.aanbieder)} ` : "", w.zonderAi),
      make("p", {}, `${w.bewaren} `,
        make("a", { href: "/privacy", target: "_blank", rel: "noopener" }, w.privacy), ".")),
    make("div", { class: "medewerker" },
      preparation(start),
      staff ? button(w.afmelden, logOut) : login(start)));
}
