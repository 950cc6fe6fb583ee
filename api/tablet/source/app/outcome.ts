/** The result with what can be done with it. */

import type { Outcome, Rules } from "../rules/index";
import { button, make } from "./dom";
import type { Intake } from "./intakes";
import { inShort } from "./question";
import { qrCode } from "./qr";
import { resultArticle } from "./result";
import * as w from "../words/tablet.json";

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
    make("h2", { id: "telefoon-kop", tabindex: -1 }, w.neemMee),
    make("p", {}, w.richtCamera),
    qrCode(link, w.qr),
    make("details", {}, make("summary", {}, w.toonLink), make("p", { class: "link" },
      make("a", { href: link, target: "_blank", rel: "noopener" }, link))),
    make("p", { class: "klein" }, w.inLink),
    button(w.sluiten, () => dialog.close(), "hoofdknop"));
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

/** The answers in words, with a way to each question. */
function answersDialog({ rules, intake, day, change }: Shown): HTMLDialogElement {
  const given = rules.questions.filter(({ id }) => id in intake.codes);
  const dialog = make("dialog", { class: "blad", "aria-labelledby": "antwoorden-kop" },
    make("h2", { id: "antwoorden-kop", tabindex: -1 }, w.welkAntwoord),
    make("ul", { class: "antwoordlijst" }, ...given.map((question) => make("li", {},
      make("button", {
        type: "button", class: "antwoordknop", click: () => {
          dialog.close();
          change(question.id);
        },
      }, make("span", { class: "klein" }, question.kort), make("span", {}, inShort(rules, question, intake, day)))))),
    button(w.sluiten, () => dialog.close()));
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
    make("div", { class: "acties niet-op-papier", role: "group", "aria-label": w.watDoen },
      make("div", { class: "overig" },
        goOn && button(w.vijfExtra, goOn),
        button(w.pasAan, () => open(answersDialog(shown))),
        button(w.print, () => print())),
      make("div", { class: "vast" },
        button(w.naarTelefoon, () => open(phoneDialog(link))),
        button(done, close, "hoofdknop"))));
  return holder;
}
