"""What a request body must look like, with refusals worded as class-validator words them.

A `Shape` names its properties and the rule of each. `check` gives the cleaned value or the list of violations, each
`{property, constraints, children}` as Cal.com's validation pipe reports them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.calcom import instants
from bot.sandbox.calcom.database import Json

Violation = dict[str, Any]
Checked = tuple[Any, list[Violation]]

EMAIL = re.compile(
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$"
)
PHONE = re.compile(r"^\+[1-9]\d{6,14}$")
CLOCK_TIME = re.compile(r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
LARGEST_NUMBER = 2**31 - 1


def is_email(value: object) -> bool:
    """Whether this is an e-mail address as class-validator's isEmail sees it (roughly)."""
    return isinstance(value, str) and len(value) <= 254 and bool(EMAIL.match(value))


def is_phone(value: object) -> bool:
    """Whether this is a phone number in E.164."""
    return isinstance(value, str) and bool(PHONE.match(value))


def is_number(value: object) -> bool:
    """A finite JSON number (a boolean is none)."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value
        and abs(value) <= LARGEST_NUMBER
    )


def is_day(value: object) -> bool:
    """A real calendar date `YYYY-MM-DD`."""
    return isinstance(value, str) and bool(DAY.match(value)) and instants.read(value) is not None


@dataclass(frozen=True)
class Rule:
    """One property's rule: a test and the constraint it breaks."""

    name: str
    message: str
    test: Callable[[Any], bool]
    convert: Callable[[Any], Any] = field(default=lambda value: value)

    def check(self, name: str, value: Any) -> Checked:
        """`(value, [])`, or what is wrong with it."""
        if self.test(value):
            return self.convert(value), []
        return None, [violation(name, value, {self.name: self.message.replace("$property", name)})]


def violation(name: str, value: Any, constraints: Mapping[str, str], children: Sequence[Violation] = ()) -> Violation:
    """One entry of the validation pipe's report."""
    entry: Violation = {"property": name, "constraints": dict(constraints), "children": list(children)}
    if children:
        del entry["constraints"]
    return entry


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def whole(least: int, most: int = LARGEST_NUMBER) -> Rule:
    """A whole number between two bounds."""

    def test(value: Any) -> bool:
        return is_number(value) and float(value).is_integer() and least <= value <= most

    if most == LARGEST_NUMBER:
        return Rule("min", f"$property must not be less than {least}", test, _whole)
    return Rule("max", f"$property must be a whole number from {least} to {most}", test, _whole)


STRING = Rule("isString", "$property must be a string", lambda v: isinstance(v, str) and len(v) <= 100_000)
BOOLEAN = Rule("isBoolean", "$property must be a boolean value", lambda v: isinstance(v, bool))
NUMBER = Rule("isNumber", "$property must be a number conforming to the specified constraints", is_number, _whole)
INTEGER = Rule("isInt", "$property must be an integer number", lambda v: is_number(v) and float(v).is_integer(), _whole)
NATURAL = whole(0)
POSITIVE = whole(1)
EMAIL_ADDRESS = Rule("isEmail", "$property must be an email", is_email)
PHONE_NUMBER = Rule("isPhoneNumber", "$property must be a valid phone number", is_phone)
TIME_ZONE = Rule("isTimeZone", "$property must be a valid IANA time-zone", lambda v: instants.zone(v) is not None)
ISO_DATE = Rule(
    "isDateString", "$property must be a valid ISO 8601 date string", lambda v: instants.read(v) is not None
)
DATE = Rule("matches", "$property must be a valid date in the format YYYY-MM-DD", is_day)
HOUR = Rule(
    "matches",
    "$property must be a valid time in the format HH:MM",
    lambda v: isinstance(v, str) and bool(CLOCK_TIME.match(v)),
)
FULL_NAME = Rule(
    "isNotEmpty", "$property should not be empty", lambda v: isinstance(v, str) and 0 < len(v.strip()) <= 10_000
)
OBJECT = Rule("isObject", "$property must be an object", lambda v: isinstance(v, dict))
URL = Rule(
    "isUrl",
    "$property must be a URL address",
    lambda v: isinstance(v, str) and len(v) < 2084 and bool(re.match(r"^https?://[^\s/?#]+\S*$", v)),
)


def one_of(*values: object) -> Rule:
    """An enumeration."""
    words = ", ".join(str(value) for value in values)

    def test(value: Any) -> bool:
        return any(value == option and type(value) is type(option) for option in values)

    return Rule("isEnum", f"$property must be one of the following values: {words}", test)


@dataclass(frozen=True)
class Each:
    """A list whose items obey a rule; `least` and `most` bound its length."""

    item: "Anyhow"
    least: int = 0
    most: int | None = None

    def check(self, name: str, value: Any) -> Checked:
        """The cleaned list, or what is wrong with it."""
        if not isinstance(value, list):
            return None, [violation(name, value, {"isArray": f"{name} must be an array"})]
        if len(value) < self.least:
            text = (
                f"{name} should not be empty"
                if self.least == 1
                else f"{name} must contain at least {self.least} elements"
            )
            return None, [violation(name, value, {"arrayMinSize": text})]
        if self.most is not None and len(value) > self.most:
            text = f"{name} must contain no more than {self.most} elements"
            return None, [violation(name, value, {"arrayMaxSize": text})]
        cleaned, wrong = [], []
        for index, entry in enumerate(value):
            if isinstance(self.item, Rule):
                result, problems = self.item.check(name, entry)
                if problems:
                    text = f"each value in {self.item.message.replace('$property', name)}"
                    return None, [violation(name, value, {self.item.name: text})]
            else:
                result, problems = self.item.check(str(index), entry)
                wrong += problems
            cleaned.append(result)
        return (None, [violation(name, value, {}, wrong)]) if wrong else (cleaned, [])


@dataclass(frozen=True)
class Shape:
    """An object with named properties. Names ending in `*` are required.

    Unknown names are dropped, or with `strict` refused ("property x should not exist").
    """

    rules: Mapping[str, "Anyhow"]
    strict: bool = False
    nullable: bool = False

    def check(self, name: str, value: Any) -> Checked:
        """The cleaned object, or what is wrong with it, as the nested property `name`."""
        if not isinstance(value, dict):
            text = f"nested property {name} must be either object or array"
            return None, [violation(name, value, {"nestedValidation": text})]
        cleaned, wrong = self.clean(value)
        return (None, [violation(name, value, {}, wrong)]) if wrong else (cleaned, [])

    def clean(self, value: Json) -> tuple[Json, list[Violation]]:
        """The known properties, checked; and all violations."""
        cleaned: Json = {}
        wrong: list[Violation] = []
        known = set()
        for label, rule in self.rules.items():
            name, required = label.rstrip("*"), label.endswith("*")
            known.add(name)
            given = value.get(name)
            if given is None:
                if required:
                    wrong += missing(rule, name)
                elif name in value and self.nullable:
                    cleaned[name] = None
                continue
            result, problems = rule.check(name, given)
            wrong += problems
            cleaned[name] = result
        if self.strict:
            for name in value:
                if name not in known:
                    wrong.append(
                        violation(name, value[name], {"whitelistValidation": f"property {name} should not exist"})
                    )
        return cleaned, wrong


@dataclass(frozen=True)
class Tagged:
    """An object whose `tag` property says which shape it has."""

    tag: str
    shapes: Mapping[str, Shape]
    fallback: Shape | None = None

    def check(self, name: str, value: Any) -> Checked:
        """The cleaned object of its variant, or what is wrong."""
        if not isinstance(value, dict):
            return None, [violation(name, value, {"isObject": f"{name} must be an object"})]
        kind = value.get(self.tag)
        shape = self.shapes.get(kind, self.fallback) if isinstance(kind, str) else self.fallback
        if shape is None:
            words = ", ".join(self.shapes)
            text = f"{self.tag} must be one of the following values: {words}"
            return None, [violation(name, value, {}, [violation(self.tag, kind, {"isEnum": text})])]
        return shape.check(name, value)


@dataclass(frozen=True)
class Either:
    """A value that obeys one of several rules; the last one's complaint is reported."""

    options: tuple["Anyhow", ...]

    def check(self, name: str, value: Any) -> Checked:
        """The first reading that fits."""
        problems: list[Violation] = []
        for option in self.options:
            cleaned, problems = option.check(name, value)
            if not problems:
                return cleaned, []
        return None, problems


Anyhow = Rule | Each | Shape | Tagged | Either


def missing(rule: Anyhow, name: str) -> list[Violation]:
    """What is said of a required property that is not there: its rule's own complaint."""
    if isinstance(rule, Rule):
        return [violation(name, None, {rule.name: rule.message.replace("$property", name)})]
    if isinstance(rule, Each):
        return [violation(name, None, {"isArray": f"{name} must be an array"})]
    return [violation(name, None, {"isDefined": f"{name} should not be null or undefined"})]


def sentence(wrong: Sequence[Violation]) -> str:
    """The strict pipes' message: `"<prop> property is wrong,<complaints> "` joined by commas."""
    parts = []
    for entry in wrong:
        complaints = ", ".join(entry.get("constraints", {}).values())
        inner = sentence(entry["children"]) if entry["children"] else ""
        parts.append(f"{entry['property']} property is wrong,{complaints} {inner}")
    return ", ".join(parts)
