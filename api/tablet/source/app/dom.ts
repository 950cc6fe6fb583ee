/** Nodes are made by hand, never from text with tags: that is what a page with Trusted Types allows. */

type Value = string | number | boolean | undefined | ((event: any) => void);
type Child = Node | string | false | null | undefined;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element. A function among the attributes is a listener; false and undefined ones are left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child): child is Node | string => !!child));
  return node;
}

/** Makes an element of a drawing. */
export function draw(tag: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node as SVGElement;
}

/** Puts values in a text, in their order: "Vraag {nummer} van {totaal}". */
export const fill = (text: string, ...values: unknown[]) => text.replace(/{\w+}/g, () => String(values.shift()));

/** Text for screen readers only. */
export const hidden = (text: string) => make("span", { class: "vh" }, text);

export const button = (text: string, click: () => void, kind = "keuze") =>
  make("button", { class: kind, type: "button", click }, text);

/** The node of the page with an id. */
export const at = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;

/** Saves a text as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
