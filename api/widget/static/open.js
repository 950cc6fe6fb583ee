/* Shows the demo with the widget open: presses its launcher, as a visitor would. */
"use strict";

addEventListener("load", () => document.querySelector("mkb-assistent").shadowRoot.querySelector("button").click());
