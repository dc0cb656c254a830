"""A small language for the shape of what an app posts: each rule adds its complaints, worded and placed as Slack's.

A rule is called with the value, its JSON pointer and the list of complaints found so far.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Complaints = list[str]
Rule = Callable[[Any, str, Complaints], None]


def complain(found: Complaints, sentence: str, path: str) -> None:
    """Add a complaint in Slack's form."""
    found.append(f"[ERROR] {sentence} [json-pointer:{path}]")


def string(longest: int, shortest: int = 1) -> Rule:
    """A string of `shortest` to `longest` characters."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        if not isinstance(value, str):
            complain(found, "must provide a string", path)
        elif len(value) < shortest:
            complain(found, f"must be more than {shortest - 1} characters", path)
        elif len(value) > longest:
            complain(found, f"must be less than {longest + 1} characters", path)

    return rule


def matching(pattern: str, sentence: str, longest: int = 3000) -> Rule:
    """A string of a certain form."""
    plain = string(longest)

    def rule(value: Any, path: str, found: Complaints) -> None:
        before = len(found)
        plain(value, path, found)
        if len(found) == before and not re.fullmatch(pattern, value):
            complain(found, sentence, path)

    return rule


def boolean(value: Any, path: str, found: Complaints) -> None:
    """true or false."""
    if not isinstance(value, bool):
        complain(found, "must provide a boolean", path)


def number(low: float, high: float) -> Rule:
    """A number within limits."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            complain(found, "must provide a number", path)
        elif not low <= value <= high:
            complain(found, f"must be between {low:g} and {high:g}", path)

    return rule


def one_of(*allowed: str) -> Rule:
    """One of a few words."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        if value not in allowed:
            complain(found, f"must be one of: {', '.join(allowed)}", path)

    return rule


def array(item: Rule, most: int, least: int = 1) -> Rule:
    """A list of `least` to `most` items."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        if not isinstance(value, list):
            complain(found, "must be an array", path)
            return
        if len(value) > most:
            complain(found, f"no more than {most} items allowed", path)
        if len(value) < least:
            complain(found, f"no fewer than {least} items allowed", path)
        for place, part in enumerate(value[: most + 1]):
            item(part, f"{path}/{place}", found)

    return rule


def shape(needed: Mapping[str, Rule], allowed: Mapping[str, Rule] | None = None, *more: Rule) -> Rule:
    """An object with exactly these properties; `more` rules look at it as a whole, once each part is right."""
    every = {**needed, **(allowed or {})}

    def rule(value: Any, path: str, found: Complaints) -> None:
        if not isinstance(value, dict):
            complain(found, "must be an object", path)
            return
        before = len(found)
        for name in needed:
            if value.get(name) is None:
                complain(found, f"missing required field: {name}", path)
        for name, part in value.items():
            if name == "type" and "type" not in every:
                continue
            if name not in every:
                complain(found, f"invalid additional property: {name}", path)
            elif part is not None:
                every[name](part, f"{path}/{name}", found)
        for check in more if len(found) == before else ():
            check(value, path, found)

    return rule


def typed(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which rule holds."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        if not isinstance(value, dict):
            complain(found, "must be an object", path)
        elif not isinstance(value.get("type"), str):
            complain(found, "missing required field: type", path)
        elif value["type"] not in kinds:
            complain(found, f"unsupported type: {value['type']}", f"{path}/type")
        else:
            kinds[value["type"]](value, path, found)

    return rule


def only(kinds: Mapping[str, Rule], *names: str) -> Rule:
    """Like `typed`, with these types only."""
    return typed({name: kinds[name] for name in names})


def any_of(*names: str) -> Rule:
    """At least one of these properties."""

    def rule(value: Any, path: str, found: Complaints) -> None:
        if all(value.get(name) in (None, [], "") for name in names):
            complain(found, f"must have at least one of: {', '.join(names)}", path)

    return rule
