"""A plain yes runs a draft, so it has to be nothing but a yes."""

import pytest

from bot.assistant.plain import answer


@pytest.mark.parametrize(
    "text",
    ["yes", "Yes!", "yes please", "yep", "ok", "OK.", "sure, go ahead", "sounds good", "do it", "yes, book it", "👍",
     "ja", "Oui, merci", "sí", "sim", "はい", "好的", "Perfect, thanks!", "confirm", ":+1:",
     "sì", "Sì, grazie", "Sim, por favor", "是。", "是的！", "好的，谢谢", "okay, go on then", "ok cool", "ja, genau"],
)  # fmt: skip
def test_agreement(text: str) -> None:
    assert answer(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No thanks",
        "never mind",
        "nope",
        "nein",
        "non merci",
        "forget it",
        "stop",
        "👎",
        "不，谢谢",
        "no no, better not",
        "lieber nicht",
    ],
)
def test_refusal(text: str) -> None:
    assert answer(text) == "no"


@pytest.mark.parametrize("text", ["cancel", "cancel it", "Cancel it please", "yes, cancel it", "ok cool, cancel that"])
def test_cancel_is_a_word_of_its_own(text: str) -> None:
    assert answer(text) == "cancel"


@pytest.mark.parametrize(
    "text",
    ["yes but at 3", "yes if sam can", "no, 4pm", "no later", "is that ok?", "yes?", "okay, what about Friday",
     "not yes", "yesterday", "book it for Friday", "", "cancel my call with sam", "no problem with 3pm",
     "I said yes to Bob", "ok so when is sam free", "right after lunch", "no, cancel it", "then",
     "don't cancel it", "是吗？",     "go on Friday", "yes and no"],
)  # fmt: skip
def test_anything_that_says_more_is_neither(text: str) -> None:
    assert answer(text) is None
