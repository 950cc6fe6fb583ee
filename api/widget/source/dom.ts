/** Nodes are made by hand, never from text with tags: that is what a page with Trusted Types allows. */

import type { Texts } from "./shapes";

type Value = string | number | false | undefined | ((event: any) => void);
type Child = Node | string | false | null | undefined;

/** Makes an element. A function among the attributes is a listener; false and undefined ones are left out. A class is a
    part too, so that the host's page can style it with `::part`. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value as string);
  }
  node.setAttribute("part", node.className);
  node.append(...children.filter((child): child is Node | string => !!child));
  return node;
}

/** Text for screen readers only. */
export const hidden = (texts: Texts, text = texts.elders!) => make("span", { class: "vh", lang: texts.taal }, text);

export const button = (text: string, click: () => void, lang?: string) => make("button", { class: "keuze", click, lang }, text);

/** Puts values in a text, in their order: "Vraag {nummer} van {totaal}". */
export const fill = (text: string, ...values: unknown[]) => text.replace(/{\w+}/g, () => String(values.shift()));

/** A link, or null when its scheme is not https, mailto or tel and it does not lie on this site. */
export function link(texts: Texts, address: string, ...children: Child[]): HTMLAnchorElement | null {
  if (!/^(https:\/\/|mailto:|tel:|\/(?!\/))\S+$/.test(address)) return null;
  const elsewhere = address[0] === "h" && !address.startsWith(location.origin + "/");
  return make("a", elsewhere ? { href: address, target: "_blank", rel: "noopener noreferrer" } : { href: address },
    ...children, elsewhere && hidden(texts));
}

/** Text with its addresses as links. Splitting on a group keeps them: each odd part. */
export const withLinks = (texts: Texts, text: string): (Node | string)[] =>
  text.split(/((?:https:\/\/|mailto:|tel:)[^\s<>"]*[^\s<>".,;:!?)])/).map((part, index) =>
    (index % 2 && link(texts, part, part)) || part);

/** Nodes that the server describes: a tag, attributes, and texts and nodes in it. */
export type Described = [tag: keyof HTMLElementTagNameMap, attributes: Record<string, string>, ...content: (string | Described)[]];

export const build = ([tag, attributes, ...content]: Described): HTMLElement =>
  make(tag, attributes, ...content.map((part) => (typeof part === "string" ? part : build(part))));
