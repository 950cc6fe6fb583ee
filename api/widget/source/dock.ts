/** Below the log: what the assistant tells, faults, and the text field. */

import { button, fill, make } from "./dom";
import type { At, Texts } from "./shapes";

const COUNT_FROM = 100; // characters left
const COUNT_STEP = 25;

/** Nine digits that pass the "elfproef" of a citizen service number. */
const hasPersonalNumber = (text: string) =>
  (text.match(/\b\d(?:[ .-]?\d){8}\b/g) ?? []).some((match) =>
    [...match.replace(/\D/g, "")].reduce((sum, digit, index) => sum + +digit * (index === 8 ? -1 : 9 - index), 0) % 11 === 0);

/** `submit` gets what was typed, with the spaces around it off; `changed` hears of every key. */
export function createDock(at: At, texts: Texts, submit: (text: string) => unknown, changed: () => void) {
  const [status, typing, alert, counter] = [at("status"), at("typt"), at("alarm"), at("teller")];
  const field = at("veld") as HTMLTextAreaElement;
  let lastStep: number | "" = "";

  const say = (text: string, visible = false) => {
    status.textContent = text;
    typing.textContent = visible ? text : "";
  };
  const warn = (text: string, action?: string, act?: () => void) =>
    alert.replaceChildren(make("p", {}, text), action ? button(action, act!) : "");
  const clear = () => {
    alert.replaceChildren();
    field.ariaInvalid = null;
  };
  /** Characters left, near the end: shown at every key, told in steps. */
  const count = () => {
    const left = field.maxLength - field.value.length;
    const text = left > COUNT_FROM ? "" : fill(texts.over!, left);
    const step = text && Math.ceil(left / COUNT_STEP);
    counter.textContent = text;
    if (text && step !== lastStep) say(text);
    lastStep = step;
  };
  const enter = (event: Event) => {
    event.preventDefault();
    const text = field.value.trim();
    const fault = hasPersonalNumber(text) ? texts.bsn : text ? "" : texts.leeg;
    if (!fault) return submit(text);
    // What was typed stays, to be mended.
    warn(fault);
    field.ariaInvalid = "true";
    field.focus();
  };
  field.form!.onsubmit = enter;
  field.oninput = () => {
    if (field.ariaInvalid) clear();
    count();
    changed();
  };
  field.onkeydown = (event) => {
    // In an input method Enter chooses a word (Safari tells by keyCode 229).
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) enter(event);
  };

  return {
    field,
    /** Tells screen readers; `visible` also shows it below the conversation. */
    say,
    warn,
    clear,
    isSilent: () => !status.textContent,
    write(text: string): void {
      field.value = text;
      count();
    },
  };
}
