"""Whatever somebody types, understanding it neither fails nor takes long, and answers exist."""

import time
from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from actions.meanings import Answers, AskBack, Heard, Understood
from actions.understanding import understand
from bot.clauses import said
from knowledge.base import FOLDER, load
from knowledge.headcount import read_headcount
from knowledge.intake import OPEN, OUTSIDE_REGION, UNKNOWN
from knowledge.lexicon import load_lexicon
from knowledge.personal_data import redact
from knowledge.scan import Candidate, Doubt, Scan, begin
from tests.fuzz.conftest import tries
from tests.fuzz.sentences import MOST, sentences, texts

KNOWLEDGE = load()
LEXICON = load_lexicon(FOLDER / "lexicon.yaml", KNOWLEDGE.intake)
TODAY = date(2026, 11, 26)
MOST_SECONDS = 0.5  # of this process, for one message
SIZES = {"1", "2-9", "10-49", "50-249", "250+"}
PLACES = {municipality.code for municipality in KNOWLEDGE.municipalities.gemeenten} | {OUTSIDE_REGION, OPEN}
QUESTIONS = {question.id: question for question in KNOWLEDGE.intake.vragen}


@given(text=texts)
@tries(quick=150, thorough=20_000)
def test_look_ups_read_any_text(text: str) -> None:
    started = time.process_time()
    headcount = read_headcount(text)
    place = KNOWLEDGE.places.read(text, TODAY)
    sector = KNOWLEDGE.sectors.read(text)
    clauses = list(said(text, {}, LEXICON))
    assert time.process_time() - started < MOST_SECONDS
    assert headcount is None or set(headcount.classes) <= SIZES
    assert place is None or {found.code for found in place.places} <= PLACES
    assert sector is None or {found.code for found in sector.sectors} <= set(KNOWLEDGE.sectors.codes)
    assert all(isinstance(clause, str) for clause in clauses)


def _phone(digits: int) -> str:
    return f"06 {digits:08d}"


# No sentence around it makes these look like something else, because of where they stand.
SECRETS = st.one_of(
    st.integers(10_000_000, 99_999_999).map(_phone),
    st.from_regex(r"[a-z]{3,8}\.[a-z]{3,8}@[a-z]{3,9}\.(nl|example)", fullmatch=True),
)


@given(before=sentences, secret=SECRETS, after=sentences)
@tries(quick=150, thorough=20_000)
def test_number_or_address_in_any_sentence_goes_no_further(before: str, secret: str, after: str) -> None:
    left = redact(f"{before}. {secret}, {after}")
    assert secret not in left.text
    assert left.found


@given(text=texts)
@tries(quick=150, thorough=20_000)
def test_taking_personal_data_out_never_makes_a_text_longer(text: str) -> None:
    started = time.process_time()
    left = redact(text)
    assert time.process_time() - started < MOST_SECONDS
    assert len(left.text) <= len(text) <= MOST


def _doubts(question: str) -> st.SearchStrategy[Doubt | None]:
    codes = [code for code, _ in QUESTIONS[question].choices()] or ["GM0355", "GM0344"]
    candidate = st.sampled_from(codes).map(lambda code: Candidate(code, f"Antwoord {code}", f"Je zegt {code}."))
    return st.one_of(
        st.none(),
        st.sampled_from(["anders", "overslaan"]).map(Doubt),
        candidate.map(lambda one: Doubt("bevestig", (one,))),
        st.lists(candidate, min_size=2, max_size=2).map(lambda two: Doubt("kies", tuple(two))),
    )


@st.composite
def _scans(draw: st.DrawFn) -> Scan:
    """Somewhere in a scan: the questions before the open one are answered."""
    order = list(QUESTIONS)
    at = draw(st.integers(0, len(order) - 1))
    answers = {}
    for question in order[:at]:
        codes = [code for code, _ in QUESTIONS[question].choices()] or ["GM0355"]
        answers[question] = draw(st.sampled_from(codes))
    if "bedrijf" in answers:
        answers["bedrijf"] = draw(st.sampled_from(KNOWLEDGE.sectors.codes))
    phase = "kern" if QUESTIONS[order[at]].deel == "kern" else "verdieping"
    return Scan(
        phase=phase, open=order[at], answers=answers, tries=draw(st.integers(0, 4)), doubt=draw(_doubts(order[at]))
    )


OPTIONS = sorted({f"{question.id}_{code}" for question in QUESTIONS.values() for code, _ in question.choices()})
INTENTS = [*OPTIONS, "ja", "nee", "weet_niet", "sla_over", "opnieuw", "vraag_kosten", "begroeting"]
MEANINGS = st.dictionaries(st.sampled_from(INTENTS), st.floats(0, 1), max_size=5)


@given(scan=st.one_of(_scans(), st.just(begin(KNOWLEDGE.intake))), text=texts, intents=MEANINGS, choice=st.booleans())
@tries(quick=200, thorough=30_000)
def test_any_message_at_any_moment_means_something_that_exists(
    scan: Scan, text: str, intents: Mapping[str, float], choice: bool
) -> None:
    offered = tuple(code for code, _ in QUESTIONS[scan.open or "personen"].choices())
    code = offered[len(text) % len(offered)] if choice and offered else None
    heard = Heard(text=text, choice=code, intents=intents)
    understood, spent = _timed(scan, heard, offered)
    if spent >= MOST_SECONDS:  # collecting what the tests left behind may fall in one of them
        understood, spent = _timed(scan, heard, offered)
    assert spent < MOST_SECONDS
    if isinstance(understood, Answers | AskBack):
        for question, answer in understood.given:
            assert answer in _codes(question), question
    if isinstance(understood, AskBack) and understood.doubt.kind in ("bevestig", "kies"):
        assert understood.doubt.candidates


def _timed(scan: Scan, heard: Heard, offered: tuple[str, ...]) -> tuple[Understood, float]:
    started = time.process_time()
    return understand(KNOWLEDGE, scan, heard, offered), time.process_time() - started


def _codes(question: str) -> set[str]:
    known = {code for code, _ in QUESTIONS[question].choices()} | {OPEN, UNKNOWN}
    return known | set(KNOWLEDGE.sectors.codes) | PLACES
