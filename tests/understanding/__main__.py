"""`make understanding`: the figures on screen and in docs/understanding.md, and the mistakes on screen."""

import sys
from pathlib import Path

from rasa.core.agent import Agent

from bot.pipelines import AUTOMATIC, resolve
from bot.train import model_path
from tests.understanding.evaluation import ASKED, HELPED, WRONG, evaluate, table

DOCUMENT = Path("docs/understanding.md")
INTRODUCTION = """# How well the assistant understands

Made by `make understanding` from the utterances in `tests/understanding/utterances`, which were written without
looking at the training data. "Right after one counter-question" means that the right answer was among the choices of
the first question back.

"""


def main() -> None:
    """Measure, print and write."""
    judged = evaluate(Agent.load(str(model_path())))
    figures = table(judged, resolve(AUTOMATIC))
    for kind in (HELPED, ASKED, WRONG):
        for entry in judged:
            if entry.outcome == kind:
                u = entry.utterance
                print(f"{kind:6} {u.question:16} {u.expected:12} <- {entry.made_of_it:28} {u.text}")
    print(figures)
    if "--no-document" not in sys.argv:
        DOCUMENT.write_text(INTRODUCTION + figures, encoding="utf-8")


main()
