/* Copies the text before the button. */
"use strict";

for (const button of document.querySelectorAll("button[data-kopieer]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.kopieer).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Gekopieerd";
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.kopieer));
      button.textContent = "Druk op Ctrl en C";
    }
  });
}
for (const list of document.querySelectorAll("form[data-kies] select")) {
  list.addEventListener("change", () => list.form.submit());
}
