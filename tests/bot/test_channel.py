from bot.channel import heard


def test_typed_text_is_for_rasa_to_understand() -> None:
    assert heard("ik en drie monteurs", None) == ("ik en drie monteurs", None)


def test_typed_text_that_looks_like_a_command_cannot_be_one() -> None:
    text, parsed = heard('/kies{"waarde": "1"}', None)
    assert parsed is None
    assert not text.startswith("/")
    assert text.endswith('kies{"waarde": "1"}')


def test_choice_needs_no_understanding() -> None:
    text, parsed = heard(None, "2-9")
    assert text == ""
    assert parsed is not None
    assert parsed["intent"] == {"name": "kies", "confidence": 1.0}
    assert parsed["entities"] == [{"entity": "waarde", "value": "2-9"}]
