"""`make understanding`: the figures on screen and in docs/understanding.md, and the mistakes on screen."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from rasa.model_training import train

from bot.pipelines import AUTOMATIC, BUILT_IN, resolve
from bot.train import model_path
from tests.bot.agents import trained
from tests.understanding import retellings
from tests.understanding.evaluation import ASKED, HELPED, WRONG, Judged, evaluate, table

DOCUMENT = Path("docs/understanding.md")
INTRODUCTION = """# How well the assistant understands

Made by `make understanding` from the utterances in `tests/understanding/utterances`. They were written by others than
the training data, who did not see it; a sentence of five words or more that stands in both is removed from the training
data (`make data-report`). "Right after one counter-question" means that the right answer was right at once, or among
the choices of the first question back. "Asked back needlessly" means asked back although a careful person would not.

The last table is of messages that change an earlier answer or give two, from `tests/understanding/retellings`.

"""


@contextmanager
def model_for(pipeline: str) -> Iterator[Path]:
    """The model on a Dutch pipeline: the product's own, or one trained for the occasion."""
    if pipeline == resolve(AUTOMATIC):
        yield model_path()
        return
    config = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    config["pipeline"][0]["model"] = pipeline
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.yml").write_text(yaml.safe_dump(config))
        train("domain.yml", f"{folder}/config.yml", ["data"], output=folder, fixed_model_name="other")
        yield Path(folder) / "other.tar.gz"


def show_mistakes(judged: list[Judged]) -> None:
    """Everything that was not right at once, the worst last."""
    for kind in (HELPED, ASKED, WRONG):
        for entry in judged:
            if entry.outcome == kind:
                u = entry.utterance
                print(f"{kind:6} {u.question:16} {u.expected:12} <- {entry.made_of_it:28} {u.text}")


def main() -> None:
    """Measure, print and write: for nl_core_news_sm when it is installed, and for the built-in pipeline."""
    tables = []
    for pipeline in dict.fromkeys((resolve(AUTOMATIC), BUILT_IN)):
        with model_for(pipeline) as model:
            agent = trained(model)
            judged, retold = evaluate(agent), retellings.evaluate(agent)
        show_mistakes(judged)
        for said, outcome, made_of_it in retold:
            if outcome != retellings.RIGHT:
                print(f"{outcome:6} {said.kind:16} {dict(said.expected)} <- {made_of_it:28} {said.text}")
        tables.append(table(judged, pipeline) + "\n" + retellings.table(retold))
    print("\n".join(tables))
    if "--no-document" not in sys.argv:
        DOCUMENT.write_text(INTRODUCTION + "\n".join(tables), encoding="utf-8")


if __name__ == "__main__":  # training starts processes, which read this module too
    main()
