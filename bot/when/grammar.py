"""Rules over the class string, and the cascade that applies them.

A rule is a pattern of class names ("MON THE? ORD") with what to build from the tokens it matches. Patterns are
regular expressions in every other respect: `?`, `*`, `|`, groups, look-ahead. A stage replaces each match by one
token; later stages see the result.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.when.frame import Frame
from bot.when.tokens import CHAR, Token

Built = tuple[str, Any] | None
Builder = Callable[[Sequence[Token], Frame], Built]

_NAME = re.compile(r"[A-Z]{2,}")


def compile_pattern(pattern: str) -> str:
    """The regular expression over class characters for a pattern of class names."""
    return _NAME.sub(lambda m: CHAR[m.group()], pattern).replace(" ", "")


class Stage:
    """One pass over a sentence: at each place the first rule that matches and does not decline wins."""

    def __init__(self, *rules: tuple[str, Builder]) -> None:
        self._source = rules
        self._rules: list[tuple[re.Pattern[str], Builder]] | None = None
        self._any: re.Pattern[str] | None = None

    def _compile(self) -> None:
        patterns = [compile_pattern(pattern) for pattern, _ in self._source]
        self._rules = [(re.compile(p), build) for p, (_, build) in zip(patterns, self._source, strict=True)]
        self._any = re.compile("|".join(f"(?:{p})" for p in patterns))

    def run(self, tokens: list[Token], classes: str, frame: Frame) -> tuple[list[Token], str]:
        """Apply the stage; `classes` is the class string of `tokens`."""
        if self._any is None:
            self._compile()
        assert self._any is not None
        assert self._rules is not None
        search = self._any.search
        found = search(classes)
        if found is None:
            return tokens, classes
        out: list[Token] = []
        done = 0
        while found is not None:
            at = found.start()
            for pattern, build in self._rules:
                match = pattern.match(classes, at)
                if match is None or match.end() == at:
                    continue
                part = tokens[at : match.end()]
                built = build(part, frame)
                if built is not None:
                    out += tokens[done:at]
                    out.append(Token(CHAR[built[0]], built[1], part[0].start, part[-1].end, ""))
                    done = match.end()
                    break
            found = search(classes, max(done, at + 1) if done <= at else done)
        out += tokens[done:]
        return out, "".join([t.cls for t in out])
