/** On a kiosk, whoever walks away leaves nothing behind. */

const WARNING_SECONDS = 20; // WCAG 2.2.1 asks for at least this long to answer

/** Shows `question` when nobody touched anything for so many seconds while the frame is open, and calls `wipe` when the
    answer is no or does not come. A clock that is set changes nothing, and the sleep of the device counts. */
export function watchIdle(seconds: number, question: HTMLDialogElement, wipe: () => void): void {
  let last = performance.now();
  const touched = () => void (last = question.open ? last : performance.now());
  for (const type of ["keydown", "pointerdown", "pointermove"]) addEventListener(type, touched, true);
  question.onclose = () => {
    touched();
    if (question.returnValue !== "ja") wipe();
  };
  const timer = setInterval(() => {
    const still = (performance.now() - last) / 1000 - seconds;
    if (!question.isConnected) clearInterval(timer);
    else if (still > WARNING_SECONDS) question.close("");
    else if (still > 0 && !question.open) question.showModal();
  }, 500);
}
