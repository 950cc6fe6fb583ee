/** `<mkb-assistent>`: the one thing that this script adds to a page. */

import { createWidget } from "./widget";

const NAME = "mkb-assistent";
// Read now: it is gone when an element is made later.
const script = document.currentScript as HTMLScriptElement | null;
const BASE = script?.src ? new URL(script.src).origin : location.origin;

class MkbAssistent extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return; // moved to another place on the page
    const shadow = this.attachShadow({ mode: "open" });
    try {
      createWidget(this, shadow, BASE);
    } catch {
      // A browser without constructable style sheets, or a page that took something away: the host's own content stays.
      shadow.replaceChildren(document.createElement("slot"));
    }
  }
}

if (!customElements.get(NAME)) customElements.define(NAME, MkbAssistent);
