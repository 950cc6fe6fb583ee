"""Text as people type it, brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import normal, sound, stem, visible, windows, words


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Utrecht", "utrecht"),
        ("  veel   ruimte \n hier ", "veel ruimte hier"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("CAFÉ", "cafe"),
        ("zo\u2019n \u2018s \u00b4t `t", "zo'n 's 't 't"),
        ("a\x00b\x07c", "a b c"),
        ("\ud800 vier", "vier"),
        ("ﬁets", "fiets"),
        ("", ""),
        ("\t\n", ""),
    ],
)
def test_text_is_brought_to_one_form(typed, form):
    assert normal(typed) == form


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ik heb een winkel, in Zeist!", ["ik", "heb", "een", "winkel", "in", "zeist"]),
        ("zzp'er met z'n tweeën", ["zzp'er", "met", "z'n", "tweeen"]),
        ("'s-Graveland", ["s-graveland"]),
        ("Driebergen-Rijsenburg", ["driebergen-rijsenburg"]),
        ("50+", ["50+"]),
        ("3512 JE", ["3512", "je"]),
        ("a_b", ["a", "b"]),
        ("😀 ... !", []),
        ("", []),
    ],
)
def test_words_come_without_punctuation(typed, found):
    assert words(typed) == found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("blarikum", "blaricum"), ("hilversem", "hilversum"), ("ouwewater", "oudewater"), ("ysselstein", "ijsselstein")],
)
def test_what_sounds_the_same_is_the_same(typed, meant):
    assert sound(typed) == sound(meant)


def test_what_sounds_different_is_not():
    assert sound("huizen") != sound("houten")


def test_windows_give_the_longest_phrases_first_and_then_from_left_to_right():
    assert list(windows(["wijk", "bij", "duurstede"], 2)) == [
        (0, 2, "wijk bij"),
        (1, 3, "bij duurstede"),
        (0, 1, "wijk"),
        (1, 2, "bij"),
        (2, 3, "duurstede"),
    ]


def test_windows_are_no_longer_than_the_text():
    assert list(windows(["zeist"], 5)) == [(0, 1, "zeist")]
    assert list(windows([], 5)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("winkel", "winkels"),
        ("winkel", "winkeltje"),
        ("winkel", "winkeltjes"),
        ("bloem", "bloemetje"),
        ("bakkerij", "bakkerijen"),
        ("auto", "auto's"),
        ("kapper", "kappers"),
    ],
)
def test_plural_and_diminutive_have_the_stem_of_the_word(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("kapper", "klapper"), ("boer", "boor"), ("slager", "slagerij")])
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["les", "bus", "een", "tje"])
def test_a_short_word_keeps_its_ending(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("  hallo \n daar ", "hallo daar"), ("a\u200bb", "a b"), ("\u200b\ufeff\x00", ""), ("😀", "😀"), ("", "")],
)
def test_only_what_can_be_seen_is_left(typed, shown):
    assert visible(typed) == shown


@given(text=st.text())
def test_the_one_form_of_the_one_form_is_itself(text):
    assert normal(normal(text)) == normal(text)
