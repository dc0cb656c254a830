"""Answers that stand among other words, without having been asked for."""

import re
from collections.abc import Sequence

from bot.scheduling.form import Answer, Input, Question


def told_among(questions: Sequence[Question], text: str) -> tuple[dict[str, Answer], str]:
    """Options and counts that stand word for word in a text that says more, and the text without what names them.

    >>> size = Question("size", "Company size", Input.ONE_OF, True, options=("1-10", "10-50", "50+"))
    >>> told_among((size,), "our AI integration, company size 10-50")
    ({'size': '10-50'}, 'our AI integration')

    A count needs a word of its question beside it ("5 seats"), and so does an option of a word that may mean
    anything ("Yes").
    """
    found: dict[str, Answer] = {}
    parts = re.split(r"\s*[,;\n]\s*|\.\s+|\s+and\s+", text.strip(" .")) if questions else [text]
    kept = list(parts)
    for question in questions:
        telling = set(re.findall(r"[^\W\d_]{4,}", question.label.casefold()))
        for part in parts:
            if question.input is Input.NUMBER:
                counted = re.fullmatch(r"(?:for |about |around )?(\d+) ([^\W\d_]{4,})", part.casefold())
                if counted and counted[2] in telling and part in kept:
                    found[question.slug] = int(counted[1])
                    kept.remove(part)
                    break
                continue
            here = [o for o in question.options if re.search(rf"(?<![\w+-]){re.escape(o)}(?![\w+-])", part, re.I)]
            sure = here and (any(c.isdigit() for c in here[0]) or telling & set(part.casefold().split()))
            sure = sure and (question.required or telling & set(part.casefold().split()))
            if len(here) == 1 and sure and question.input in (Input.ONE_OF, Input.RADIO):
                found[question.slug] = here[0]
                if len(part.split()) <= 6 and part in kept:
                    kept.remove(part)
                break
    return found, text if kept == parts else ", ".join(kept)
