/** The first screen at an event: do the scan, or log in as staff. */

import type { Known } from "./event";
import { button, make } from "./dom";

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
  const act = button("Zet klaar voor offline", () => show(prepare()));
  const holder = make("div", { class: "klaarzetten" }, told, act);
  const show = async (ready: Promise<boolean>) => {
    act.hidden = true;
    told.textContent = "We zetten alles klaar voor gebruik zonder internet…";
    const done = await ready;
    told.textContent = done ? "✓ Klaar voor gebruik zonder internet" : "Nog niet klaar voor gebruik zonder internet.";
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
      const wrong = field.value.trim() ? await logIn(field.value) : "Vul de sleutel in. Hij staat op het blad van het evenement.";
      if (!wrong) return;
      fault.textContent = wrong;
      field.setAttribute("aria-invalid", "true");
      field.focus();
    },
  },
  make("label", { class: "label", for: "sleutel" }, "Sleutel van dit evenement"), fault, field,
  make("button", { class: "hoofdknop", type: "submit" }, "Aanmelden"));
  return make("details", { class: "aanmelden" }, make("summary", {}, "Medewerker: aanmelden"), form);
}

export function startScreen(start: Start): HTMLElement {
  const { known: { event, site }, day, staff, warnings, unfinished, begin, logOut } = start;
  return make("div", { class: "begin" },
    make("div", {},
      make("p", { class: "nummer" }, `${day}, ${event.organisator}`),
      make("h1", { id: "kop", tabindex: -1 }, event.naam)),
    ...warnings.map((text) => make("p", { class: "waarschuwing", role: "alert" }, text)),
    make("p", { class: "inleiding" }, staff
      ? "Je bent aangemeld als medewerker. Stel de negen vragen aan de ondernemer, of geef het apparaat even af."
      : "Beantwoord negen vragen over je bedrijf. Dat duurt twee minuten. Je ziet meteen waar je hulp vindt die bij je past."),
    unfinished
      ? make("div", { class: "let-op verder-gaan" },
        make("h2", {}, "Er is een scan die nog niet af is"),
        make("div", { class: "knoppen" },
          button("Ga verder", unfinished.goOn, "hoofdknop"), button("Begin opnieuw", unfinished.drop)))
      : button(staff ? "Start een intake" : "Doe de scan zelf", begin, "hoofdknop groot"),
    make("div", { class: "let-op" },
      make("p", {}, site ? `Deze scan is van ${site.aanbieder}. ` : "", "Een computerprogramma maakt de uitslag, zonder AI. De uitslag kan fouten bevatten."),
      make("p", {}, "Wat je typt, bewaren we niet. Typ geen persoonsgegevens. We bewaren alleen een anonieme telling van je keuzes en je uitslag. Wil je daarna contact? Dan vragen we apart om je gegevens. ",
        make("a", { href: "/privacy", target: "_blank", rel: "noopener" }, "Lees meer over privacy (opent in een nieuw tabblad)"), ".")),
    make("div", { class: "medewerker" },
      preparation(start),
      staff ? button("Afmelden", logOut) : login(start)));
}
