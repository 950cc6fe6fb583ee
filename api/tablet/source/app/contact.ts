/** Asking an initiative to make contact: who, how, and what is agreed to. Nothing is ticked beforehand. */

import type { Contact, ContactField, Rules } from "../rules/index";
import type { Consent } from "./consents";
import { button, fill, make } from "./dom";
import type { Intake } from "./intakes";
import { inShort } from "./question";
import * as w from "../words/tablet.json";

export interface Asked {
  rules: Rules;
  intake: Intake;
  stage: string;
  day: string;
  consents: Consent[];
  /** Whether nobody else uses this device: its browser may then fill in what it knows. */
  own: boolean;
  send(contact: Contact, chosen: Consent[]): void;
  back(): void;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Named = ContactField | "initiatieven";

const PASSED_ON = ["personen", "bedrijf", "gemeente", "hulpvraag"];

const faultId = (name: Named) => `${name}-fout`;
const faultOf = (name: Named) => make("p", { id: faultId(name), class: "fout" });
const labelled = (name: Named, title: string, control: Control) =>
  make("div", {}, make("label", { class: "label", for: name }, title), faultOf(name), control);

function line(name: Named, title: string, type: string, autocomplete: string): HTMLElement {
  return labelled(name, title, make("input", { id: name, class: "tekst", type, autocomplete, "aria-describedby": faultId(name) }));
}

/** The text opens when the box is ticked, so that nobody agrees to what was not on the screen. */
function consent({ id, naam, alineas }: Consent): HTMLElement {
  const text = make("details", { class: "toestemming" },
    make("summary", {}, w.waarAkkoord), ...alineas.map((alinea) => make("p", { class: "klein" }, alinea)));
  const box: HTMLInputElement = make("input", { type: "checkbox", value: id, change: () => box.checked && (text.open = true) });
  return make("div", { class: "wie" },
    make("label", { class: "optie" }, box, make("span", {}, fill(w.akkoord, naam))), text);
}

/** What the owner gets to know of the firm. */
function profile({ rules, intake, stage, day }: Asked): HTMLElement {
  const asked = rules.questions.filter(({ id }) => PASSED_ON.includes(id));
  return make("details", { class: "let-op" }, make("summary", {}, w.watDoor),
    make("ul", {}, ...asked.map((question) => make("li", {}, `${question.kort}: ${inShort(rules, question, intake, day)}`)),
      make("li", {}, fill(w.uitslagIs, stage))),
    make("p", {}, w.nietDoor));
}

export function contactScreen(asked: Asked): HTMLElement {
  const { rules, consents, own, send, back } = asked;
  const { voorkeuren, momenten, langsteToelichting, fouten } = rules.contact;
  const known = (what: string) => (own ? what : "off"); // on a shared device it would be that of somebody else
  const choice = make("fieldset", { class: "vraag", "aria-describedby": faultId("initiatieven") },
    make("legend", {}, w.zalIkVragen),
    make("p", {}, w.kiesWie),
    faultOf("initiatieven"), ...consents.map(consent));
  const way = make("div", { id: "voorkeur", role: "radiogroup", "aria-labelledby": "voorkeur-kop", "aria-describedby": faultId("voorkeur") },
    make("p", { id: "voorkeur-kop", class: "label" }, w.voorkeur), faultOf("voorkeur"),
    ...voorkeuren.map(([code, title]) => make("label", { class: "optie" },
      make("input", { type: "radio", name: "voorkeur", value: code }), make("span", {}, title))));
  const moment = make("select", { id: "moment", class: "lijst", "aria-describedby": faultId("moment") },
    ...momenten.map(([value, title]) => make("option", { value }, title)));
  const note = make("textarea", {
    id: "toelichting", class: "tekst", rows: 3, autocomplete: "off", "aria-describedby": `toelichting-tip ${faultId("toelichting")}`,
  });
  const form = make("form", { class: "contact niet-op-papier", novalidate: true, autocomplete: own ? "on" : "off", submit },
    make("h1", { id: "kop", tabindex: -1 }, w.vraagContact),
    choice,
    make("fieldset", { class: "vraag" },
      make("legend", {}, w.bereiken),
      make("p", {}, w.mailOfTelefoon),
      line("naam", w.naam, "text", known("name")),
      line("email", w.email, "email", known("email")),
      line("telefoon", w.telefoon, "tel", known("tel")),
      way,
      labelled("moment", w.moment, moment),
      make("div", {},
        make("label", { class: "label", for: "toelichting" }, w.toelichting),
        make("p", { id: "toelichting-tip", class: "klein" },
          fill(w.toelichtingTip, langsteToelichting)),
        faultOf("toelichting"), note)),
    profile(asked),
    make("div", { class: "knoppen" },
      make("button", { class: "hoofdknop", type: "submit" }, w.verstuur), button(w.terugUitslag, back)));

  const value = (name: ContactField) =>
    form.querySelector<HTMLInputElement>(name === "voorkeur" ? "input[name=voorkeur]:checked" : `#${name}`)?.value ?? "";

  function submit(event: Event): void {
    event.preventDefault();
    const chosen = consents.filter(({ id }) => form.querySelector<HTMLInputElement>(`input[value="${CSS.escape(id)}"]`)!.checked);
    const { contact, faults } = rules.checkContact({
      naam: value("naam"), email: value("email"), telefoon: value("telefoon"),
      voorkeur: value("voorkeur"), moment: value("moment"), toelichting: value("toelichting"),
    });
    const found: Partial<Record<Named, string>> = { ...(!chosen.length && { initiatieven: fouten.initiatieven }), ...faults };
    form.querySelectorAll<HTMLElement>(".fout").forEach((place) => {
      const name = place.id.replace("-fout", "") as Named;
      place.textContent = found[name] ?? "";
      const control = form.querySelector(`#${name}`);
      if (found[name]) control?.setAttribute("aria-invalid", "true");
      else control?.removeAttribute("aria-invalid");
    });
    const first = form.querySelector<HTMLElement>(".fout:not(:empty)");
    if (!first) return send(contact, chosen);
    first.parentElement!.querySelector<HTMLElement>("input, textarea, select")!.focus();
  }

  return make("div", { class: "stapel" }, form,
    make("p", { class: "alleen-op-papier" }, w.nietOpPapier));
}
