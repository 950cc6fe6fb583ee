/** The host's colours are taken as they come, and mended where they cannot be read on each other. */

import { make } from "./dom";

/** Colour, what it lies on, the least contrast (a little above WCAG 1.4.3 and 1.4.11), and what to take instead: the best
    of these. */
const PAIRS: [string, string, number, string[]][] = [
  ["tekst", "vlak", 6, ["#000", "#fff"]], // more than 4.5, because tints of the surface are made with it
  ["op", "accent", 4.7, ["#000", "#fff"]],
  ["link", "vlak", 4.7, ["var(--_tekst)"]],
  ["focus", "vlak", 3.1, ["var(--_tekst)"]],
];

/** Measures each pair on the page as it is now, and overrides a colour that is too faint. */
export function mendColours(root: HTMLElement): void {
  const probe = make("canvas", { class: "vh", width: 1, height: 1 });
  const paper = probe.getContext("2d", { willReadFrequently: true })!;
  root.append(probe);
  /** Red, green and blue of a CSS colour; what is see-through lies on white. */
  const pixel = (colour: string) => {
    probe.style.color = colour;
    for (paper.fillStyle of ["#fff", getComputedStyle(probe).color]) paper.fillRect(0, 0, 1, 1);
    return [...paper.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  /** Relative luminance, as the contrast is made of; the curve of sRGB within 2%. */
  const light = (colour: string) => {
    const [red, green, blue] = pixel(colour).map((part) => (part / 255) ** 2.2);
    return 0.21 * red! + 0.72 * green! + 0.07 * blue! + 0.05;
  };
  root.style.removeProperty("--_vlak");
  const surface = pixel("var(--_vlak)");
  // Some hosts have a document that is see-through.
  if (/\/|rgba|transparent/.test(getComputedStyle(probe).color)) root.style.setProperty("--_vlak", `rgb(${surface})`);
  for (const [name, under, least, instead] of PAIRS) {
    root.style.removeProperty(`--_${name}`);
    const ground = light(`var(--_${under})`);
    const contrast = (colour: string) => Math.max(light(colour) / ground, ground / light(colour));
    if (contrast(`var(--_${name})`) < least) {
      instead.sort((one, other) => contrast(other) - contrast(one));
      root.style.setProperty(`--_${name}`, instead[0]!);
    }
  }
  probe.remove();
}
