/** Whoever walks away leaves nothing behind for the next. */

const WARNING_SECONDS = 20; // WCAG 2.2.1 asks for at least this long to answer

/** Asks `question` when nobody touched anything for a while, and wipes when the answer is no or does not come. */
export class Idle {
  #last = performance.now();
  #seconds = Infinity;
  #wipe = () => {};

  constructor(question: HTMLDialogElement) {
    for (const type of ["keydown", "pointerdown", "pointermove", "scroll"]) {
      addEventListener(type, () => question.open || this.#touch(), { capture: true, passive: true });
    }
    question.addEventListener("close", () => {
      this.#touch();
      if (question.returnValue !== "ja") this.#wipe();
    });
    setInterval(() => {
      const left = this.#seconds - (performance.now() - this.#last) / 1000;
      if (left < 0) question.open ? question.close("") : this.#late();
      else if (left < WARNING_SECONDS && !question.open) {
        question.returnValue = "";
        question.showModal();
      }
    }, 500);
  }

  /** Wipes after so many seconds from the last touch, the warning included. */
  watch(seconds: number, wipe: () => void): void {
    this.#touch();
    this.#seconds = seconds;
    this.#wipe = wipe;
  }

  rest(): void {
    this.#seconds = Infinity;
  }

  #touch(): void {
    this.#last = performance.now();
  }

  /** The device slept past the warning. */
  #late(): void {
    this.#touch();
    this.#wipe();
  }
}
