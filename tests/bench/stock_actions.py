"""The action of the scan as `rasa run actions` wants it. All that it does is done by the product's own action."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class StockScan(Action):
    """Rasa's action server makes one without arguments and hands it to another process, so it holds nothing."""

    def name(self) -> str:
        return "scan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        return await _scan().run(dispatcher, tracker, domain)


@cache
def _scan() -> Any:
    # Imported here: the action server would try to make one of every class of actions that it sees.
    from actions.scan import ScanAction  # noqa: PLC0415
    from analytics.database import open_database  # noqa: PLC0415
    from analytics.recording import Recorder  # noqa: PLC0415
    from knowledge.base import load  # noqa: PLC0415

    knowledge = load()
    return ScanAction(knowledge, Recorder(open_database(os.environ["DATABASE_URL"]), knowledge))
