/** The result with what can be done with it. */

import type { Outcome, Rules } from "../rules/index";
import { button, make } from "./dom";
import type { Intake } from "./intakes";
import { inShort } from "./question";
import { qrCode } from "./qr";
import { resultArticle } from "./result";

export interface Shown {
  rules: Rules;
  intake: Intake;
  outcome: Outcome;
  day: string;
  link: string;
  /** "Klaar" or "Volgende ondernemer". */
  done: string;
  close(): void;
  goOn: (() => void) | null;
  /** The way to asking for contact, when somebody can be asked. */
  contact: HTMLElement | null;
  change(question: string): void;
}

/** The link to the result, for the camera of a phone. */
function phoneDialog(link: string): HTMLDialogElement {
  const dialog = make("dialog", { class: "blad", "aria-labelledby": "telefoon-kop" },
    make("h2", { id: "telefoon-kop", tabindex: -1 }, "Neem je uitslag mee"),
    make("p", {}, "Richt de camera van je telefoon op dit vierkant. Je uitslag opent dan op je telefoon."),
    qrCode(link, "QR-code met de link naar je uitslag"),
    make("details", {}, make("summary", {}, "Toon de link"), make("p", { class: "link" },
      make("a", { href: link, target: "_blank", rel: "noopener" }, link))),
    make("p", { class: "klein" }, "In de link staan alleen codes van je antwoorden. Je naam en je branche staan er niet in."),
    button("Sluiten", () => dialog.close(), "hoofdknop"));
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

/** The answers in words, with a way to each question. */
function answersDialog({ rules, intake, day, change }: Shown): HTMLDialogElement {
  const given = rules.questions.filter(({ id }) => id in intake.codes);
  const dialog = make("dialog", { class: "blad", "aria-labelledby": "antwoorden-kop" },
    make("h2", { id: "antwoorden-kop", tabindex: -1 }, "Welk antwoord wil je aanpassen?"),
    make("ul", { class: "antwoordlijst" }, ...given.map((question) => make("li", {},
      make("button", {
        type: "button", class: "antwoordknop", click: () => {
          dialog.close();
          change(question.id);
        },
      }, make("span", { class: "klein" }, question.kort), make("span", {}, inShort(rules, question, intake, day)))))),
    button("Sluiten", () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

export function outcomeScreen(shown: Shown): HTMLElement {
  const { rules, intake, outcome, day, link, done, close, goOn, contact } = shown;
  const holder = make("div", { class: "stapel" });
  const open = (dialog: HTMLDialogElement) => {
    holder.append(dialog);
    dialog.showModal();
    dialog.querySelector<HTMLElement>("h2")!.focus();
  };
  holder.append(
    resultArticle(rules, intake.codes, outcome, day),
    contact ?? "",
    make("div", { class: "acties niet-op-papier", role: "group", "aria-label": "Wat wil je doen?" },
      make("div", { class: "overig" },
        goOn && button("Vijf extra vragen", goOn),
        button("Pas antwoorden aan", () => open(answersDialog(shown))),
        button("Print", () => print())),
      make("div", { class: "vast" },
        button("Naar mijn telefoon", () => open(phoneDialog(link))),
        button(done, close, "hoofdknop"))));
  return holder;
}
