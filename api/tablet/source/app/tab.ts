/** What this tab remembers over a reload, and no other tab and no later visit: never what somebody filled in. */

type Remembered = "intake:open" | "intake:asked";

export function remembered(name: Remembered): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name: Remembered, value: string | null): void {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // A reload shows the start then.
  }
}
