"""What axe-core has against a page."""

from typing import Any

from playwright.sync_api import Page

_KINDS = ("violations", "incomplete")  # faults, and what it could not decide


def judged(page: Page, axe: str, **options: Any) -> dict[str, Any]:
    """What axe-core finds with these options of its own; `axe` is its source.

    Of all that is right it lists one example of each rule: with every one it takes five times as long.
    """
    page.wait_for_load_state()  # what was pressed just before may still be bringing a page
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", {"resultTypes": list(_KINDS), **options})
    return found


def findings(page: Page, axe: str) -> list[str]:
    """What axe-core has against the page, and what it could not decide."""
    judgement = judged(page, axe)
    of_kinds = ((kind, found) for kind in _KINDS for found in judgement[kind])
    return [f"{kind} {found['id']}: {node['target']}" for kind, found in of_kinds for node in found["nodes"]]
