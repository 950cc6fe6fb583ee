/** Paper and file, made in the browser. */

import { make } from "./dom";
import css from "./style.css";

/** Saves a text as a file. Its few kilobytes stay in memory for as long as the page is there. */
export const download = (name: string, text: string) =>
  make("a", { href: URL.createObjectURL(new Blob([text])), download: name }).click();

/** Prints one node, in a frame of its own: the host's page and its style sheets stay as they are. */
export function print(node: Node, root: HTMLElement, title: string): void {
  const frame = make("iframe", { class: "vh" });
  root.append(frame);
  const page = frame.contentWindow as Window & typeof globalThis;
  const paper = page.document;
  const sheet = new page.CSSStyleSheet();
  sheet.replaceSync(css);
  paper.adoptedStyleSheets = [sheet];
  paper.title = title;
  paper.body.className = "root";
  paper.body.append(paper.importNode(node, true));
  page.onafterprint = () => frame.remove();
  page.print();
}
