/** The log of the conversation: whole messages, the result, and the choices under the last message. */

import { build, button, hidden, make, withLinks } from "./dom";
import { type Choice, DUTCH, type Item, type Texts } from "./shapes";

const NEAR_END_PX = 48;

export function createLog(node: HTMLElement, texts: Texts) {
  const last = (selector: string) => [...node.querySelectorAll<HTMLElement>(selector)].pop()!;
  const unsentNote = make("small", { lang: texts.taal }, texts.nietVerstuurd); // one is enough: only the last message can be under way
  return {
    show({ who, text = "", card }: Item): HTMLElement {
      const shown = card ? build(card) : make("p", { class: who, tabindex: -1, lang: DUTCH },
        hidden(texts, `${texts[who]}: `), ...(who === "bot" ? withLinks(texts, text) : [text]));
      node.append(shown);
      return shown;
    },

    /** Puts buttons under the last message, in the place of those that were there; gives their number. */
    offer(choices: Choice[], choose: (choice: Choice) => void): number {
      node.querySelector(".keuzes")?.remove();
      if (choices.length) {
        last(".bot").after(make("div", { class: "keuzes", role: "group", "aria-label": texts.kies },
          ...choices.map((choice) => button(choice.titel, () => choose(choice), DUTCH))));
      }
      return choices.length;
    },

    /** Marks the person's last message. */
    mark: (unsent: boolean) => (unsent ? last(".jij").append(unsentNote) : unsentNote.remove()),

    card: () => node.querySelector<HTMLElement>("article"),

    atEnd: () => node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END_PX,

    /** To the end, but not past the beginning of what is new. */
    reveal(first?: HTMLElement): void {
      node.lastElementChild?.scrollIntoView({ block: "nearest" });
      node.scrollTop = node.scrollHeight;
      if (first && first.getBoundingClientRect().top < node.getBoundingClientRect().top) first.scrollIntoView();
    },
  };
}
