/** What a tab remembers of a conversation: in sessionStorage, from the person's first message on. */

import type { Body, Item } from "./shapes";

export interface Remembered {
  id: string;
  secret: string;
  items: Item[];
  /** The result and the turn that are shown, as JSON. */
  result?: string;
  seen?: string;
  pending?: { body: Body; key: string } | null;
  open?: boolean;
  draft?: string;
}

export interface Memory {
  load(): Remembered | null;
  save(value: Remembered): void;
  forget(): void;
}

/** Where storage is blocked or full, and where it is not `lasting` (a kiosk), the conversation lives in the page. */
export function createMemory(name: string, lasting: boolean): Memory {
  const use = <T>(what: (box: Storage) => T): T | null => {
    try {
      return lasting ? what(sessionStorage) : null;
    } catch {
      return null;
    }
  };
  return {
    load() {
      const found = use((box) => JSON.parse(box.getItem(name)!));
      // A host page that changed how lists become JSON spoils the history, not the conversation.
      return found?.secret ? { ...found, items: found.items.map ? found.items : [] } : null;
    },
    save: (value) => void use((box) => box.setItem(name, JSON.stringify(value))),
    forget: () => void use((box) => box.removeItem(name)),
  };
}
