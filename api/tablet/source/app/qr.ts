/** A link as a drawing that phones can read. */

import { generate } from "lean-qr";
import { draw } from "./dom";

const QUIET = 4; // modules of white around it, as readers need

export function qrCode(link: string, label: string): SVGElement {
  const code = generate(link);
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  }
  const side = code.size + 2 * QUIET;
  return draw("svg", {
    class: "qr", role: "img", "aria-label": label, viewBox: `${-QUIET} ${-QUIET} ${side} ${side}`, "shape-rendering": "crispEdges",
  }, draw("path", { class: "qr-wit", d: `M${-QUIET} ${-QUIET}h${side}v${side}h-${side}z` }), draw("path", { class: "qr-zwart", d: path }));
}
