"""`read`: a sentence, a moment and a zone in; what was said about time out."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.when.clock_patterns import CLOCK_RANGES, CLOCKS, MORE_CLOCKS, MORE_RANGES, MOVED_CLOCKS
from bot.when.day_rules import DAY_RANGES, DAYS, ORDINAL_DAYS, PERIODS
from bot.when.detection import detect
from bot.when.frame import Frame
from bot.when.grammar import compile_pattern
from bot.when.joins import join
from bot.when.length import LENGTHS, SUMS
from bot.when.lexicon import LANGUAGES, lexicon
from bot.when.longtail import script_language
from bot.when.reading import Kind, Mention, Problem, Reading, Recurrence, Role, Window
from bot.when.recurrence_rules import MONTHLY, RECURRENCES
from bot.when.resolution import Resolver
from bot.when.sense import make_sense
from bot.when.spelling import strange_days
from bot.when.tokenizer import tokenize
from bot.when.tokens import CHAR, Token
from bot.when.unspaced import tokenize_unspaced
from bot.when.unspaced_rules import UNSPACED_FIRST, UNSPACED_LATER, bounds_first
from bot.when.windows import subtract, unite
from bot.when.wording import reads_24_hours
from bot.when.zone_words import mark_zones
from bot.when.zones import to_zone

MAX_TEXT = 4000  # a Slack message; what stands after is not read
_STAGES = (
    CLOCKS,
    LENGTHS,
    SUMS,
    MONTHLY,
    DAYS,
    MORE_CLOCKS,
    ORDINAL_DAYS,
    PERIODS,
    RECURRENCES,
    CLOCK_RANGES,
    MORE_RANGES,
    PERIODS,
    DAY_RANGES,
)
_UNSPACED_STAGES = (
    UNSPACED_FIRST,
    CLOCKS,
    LENGTHS,
    SUMS,
    UNSPACED_LATER,
    DAYS,
    UNSPACED_LATER,
    MORE_CLOCKS,
    CLOCK_RANGES,
    MORE_RANGES,
    PERIODS,
    DAY_RANGES,
    RECURRENCES,
)
_TRIGGER_NAMES = (
    "NUM ORD YEAR CLK DATE DOT FRAC WD WDS MON UNIT REL TONIGHT PART NOON HOL SEASON HALF QTR NOW FIRSTTHING EOP FREQ "
    "ASAP SAME OCLK LENW NQ JI GATSU NICHI AMPMPRE BADTIME"
)
_TRIGGERS = frozenset(CHAR[name] for name in _TRIGGER_NAMES.split())


def read(
    text: str,
    now: datetime,
    zone: str,
    *,
    lang: str | None = None,
    locale: str | None = None,
    host_zone: str | None = None,
    anchor: Window | None = None,
) -> Reading:
    """Read all expressions of time in `text`, said at `now` (aware) by someone in `zone` (IANA name).

    `lang`: one of `lexicon.LANGUAGES`, detected when missing. `locale` ("en-US", "de_DE"): language, order of day and
    month, and country of the holidays, where not said otherwise. `host_zone`: the zone "their morning" is meant in.
    `anchor`: the meeting that "an hour later" or "same time next week" counts from.

    Never raises for any text; what is wrong is a `Problem`. Raises `pytz.UnknownTimeZoneError` for an unknown zone and
    ValueError for a `now` without a zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must know its zone")
    here = to_zone(now, zone)
    text_read = text[:MAX_TEXT]
    other = _foreign(text_read, lang, locale)
    if other is not None:
        from bot.when.longtail import search

        if found := search(text_read, here, zone, other):
            return _reading(text, here, zone, other, found)
    tongue = lang if lang in LANGUAGES else detect(text_read, locale)
    lex = lexicon(tongue)
    tokens = lex_tokens(text_read, tongue)
    strange = strange_days(tokens) if tongue == "en" else []
    if not strange and not any(t.cls in _TRIGGERS for t in tokens):
        return Reading(text, here, zone, tongue, rest=text)
    country = _country(locale, zone, tongue)
    frame = Frame.of(
        here, day_first=_day_first(lex.day_first, locale, zone, tongue), country=country, lang=tongue, zone=zone,
        host_zone=host_zone, anchor=anchor, clock24=reads_24_hours(locale, tongue),
    )  # fmt: skip
    if not frame.day_first and _days_first(tokens):
        frame = replace(frame, day_first=True)
    tokens = parse(_near_time(tokens), text_read, frame)
    mentions = Resolver(text, frame, here).mentions(join(tokens))
    mentions += [_unknown_day(token, text) for token in strange]
    return _reading(text, here, zone, tongue, mentions)


def _unknown_day(token: Token, text: str) -> Mention:
    word = text[token.start : token.end]
    span = (token.start, token.end)
    problem = Problem("unknown-day", f"I don't know a day called “{word}”.")
    return Mention(span, word, Kind.DATE, problem=problem, spans=(span,))


def _days_first(tokens: list[Token]) -> bool:
    """Whether one date of a text can only be day before month ("25/12"), and none only month before day."""
    pairs = [t.val[0] for t in tokens if t.cls == _DATE and t.val[1] == "/" and t.val[0][0] < 32]
    return any(p[0] > 12 for p in pairs) and all(p[1] <= 12 for p in pairs)


def _foreign(text: str, lang: str | None, locale: str | None) -> str | None:
    """A language without a lexicon, by what was asked for or by its script."""
    if lang is not None:
        return None if lang in LANGUAGES else lang[:2].lower()
    if not text.isascii() and (script := script_language(text)) is not None:
        return script
    own = locale[:2].lower() if locale else ""
    if own and own not in LANGUAGES and detect(text) == "en" and not _english(text):
        return own
    return None


def _english(text: str) -> bool:
    """Whether English words of time were said."""
    return any(t.cls in _TRIGGERS and t.low.isalpha() for t in tokenize(text, lexicon("en")))


def lex_tokens(text: str, lang: str) -> list[Token]:
    """The tokens of a text in a language."""
    lex = lexicon(lang)
    return tokenize(text, lex) if lex.spaced else tokenize_unspaced(text, lex, lexicon("en"))


def _near_time(tokens: list[Token]) -> list[Token]:
    """A long text without the stretches far from any word of time; each leaves a gap that nothing reaches across."""
    if len(tokens) <= 60:
        return tokens
    keep = [False] * len(tokens)
    clusters = 0
    last = -100
    for i, token in enumerate(tokens):
        if token.cls in _TRIGGERS:
            clusters += 1
            if clusters > MAX_TRIGGERS:
                break
            for k in range(max(i - _REACH, last + 1), min(i + _REACH + 1, len(tokens))):
                keep[k] = True
            last = i
    made: list[Token] = []
    for i, token in enumerate(tokens):
        if keep[i] or token.cls in _FAR_REACHING:
            made.append(token)
        elif not made or made[-1].cls != _GAP:
            made.append(Token(_GAP, None, token.start, token.end, ""))
    return made


_REACH = 7
MAX_TRIGGERS = 40
_GAP = CHAR["GAP"]
_DATE = CHAR["DATE"]
_PART_INSIDE = re.compile(
    compile_pattern("(?:ORD|LAST) WD ")
    + f"(?P<part>{CHAR['PART']})"
    + compile_pattern("(?:OF|IN) THE? (?:MON|(?:THIS|NEXT|FOLLOWING|LAST)? UNIT (?:NEXT|THIS)?)")
)
_FAR_REACHING = frozenset((CHAR["MOVE"], CHAR["ENDVERB"], CHAR["STARTVERB"]))


def parse(tokens: list[Token], text: str, frame: Frame) -> list[Token]:
    """Run the grammar."""
    tokens = make_sense(tokens, text, frame.lang)
    classes = "".join([t.cls for t in tokens])
    move = classes.find(CHAR["MOVE"])
    if move >= 0:
        frame = replace(frame, moving=tuple(w for t in tokens[move:] for w in t.low.split()))
        target = classes.find(CHAR["TO"], move)
        if target >= 0:  # "move my call from Tuesday to Thursday" is no range
            tokens[target].cls = CHAR["NOTE"]
            classes = classes[:target] + CHAR["NOTE"] + classes[target + 1 :]
    if (misplaced := _PART_INSIDE.search(classes)) is not None:  # "the first Monday afternoon of next month"
        at = misplaced.start("part")
        tokens.insert(misplaced.end() - 1, tokens.pop(at))
        classes = "".join([t.cls for t in tokens])
    unspaced = not lexicon(frame.lang).spaced
    idle: dict[int, list[Token]] = {}
    for stage in _UNSPACED_STAGES if unspaced else _STAGES:
        if idle.get(id(stage)) is tokens:
            continue  # it found nothing in them before
        made, classes = stage.run(tokens, classes, frame)
        if made is tokens:
            idle[id(stage)] = tokens
        tokens = made
    if move >= 0:
        tokens, classes = MOVED_CLOCKS.run(tokens, classes, frame)
    tokens = bounds_first(tokens)
    return mark_zones(tokens, text, frame)


def _country(locale: str | None, zone: str, lang: str) -> str:
    if locale and len(locale) >= 5:
        return locale[3:5].upper()
    if lang != "en":
        return {"ja": "JP", "zh": "CN"}.get(lang, lang.upper())
    if zone.startswith("Europe/London"):
        return "GB"
    if zone in ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Halifax"):
        return "CA"
    return "US"


def _day_first(default: bool, locale: str | None, zone: str, lang: str) -> bool:
    if locale and locale[:2] == "en" and len(locale) >= 5:
        return locale[3:5].upper() not in ("US", "PH", "CA")
    if lang == "en" and zone.startswith(("Europe/", "Australia/", "Asia/Kolkata", "Pacific/Auckland", "Africa/")):
        return True
    return default


def _reading(text: str, now: datetime, zone: str, lang: str, mentions: list[Mention]) -> Reading:
    usable = [m for m in mentions if m.windows and m.problem is None]
    limits = [m for m in usable if m.role is Role.LIMIT and (m.kind is not Kind.RECURRENCE or len(m.windows) > 1)]
    excluded = unite(w for m in usable if m.role is Role.EXCEPTION for w in m.windows)
    windows = unite(w for m in limits for w in m.windows)
    if excluded and not windows and not any(m.role is Role.LIMIT and m.windows for m in mentions):
        windows = (Window(now, None),)
    preferred = unite(w for m in usable if m.role is Role.PREFERENCE for w in m.windows)
    if not windows and not any(m.role is Role.LIMIT and m.windows for m in mentions):
        windows = preferred
    preferred = subtract(preferred, excluded)
    if apart := [w for w in preferred if not _inside(w, windows)]:
        windows = unite((*windows, *apart))
    unknown = any(m.problem is not None and m.problem.code == "unknown-day" for m in mentions)
    windows = () if unknown else _from_now(subtract(windows, excluded), now)
    seconds = next((m.seconds for m in mentions if m.seconds is not None and m.role is Role.LIMIT), None)
    recurrence: Recurrence | None = next((m.recurrence for m in mentions if m.recurrence is not None), None)
    problems: list[Problem] = []
    for m in mentions:
        if m.problem is not None and m.role is not Role.RETRACTED and m.problem not in problems:
            problems.append(m.problem)
    dated = [m for m in mentions if m.start is not None or m.end is not None]
    order = (Role.LIMIT, Role.PREFERENCE, Role.ORIGIN, Role.EXCEPTION)
    first = next((m for role in order for m in dated if m.role is role), None)
    if first is None and mentions:
        first = next((m for m in mentions if m.role is not Role.RETRACTED), None)
    assumed = tuple(dict.fromkeys(a for m in mentions for a in m.assumed))
    duration = timedelta(seconds=min(seconds, 1e9)) if seconds is not None else None
    return Reading(
        text, now, zone, lang, tuple(mentions), windows, preferred, excluded, duration, recurrence, tuple(problems),
        assumed, first, _rest(text, mentions),
    )  # fmt: skip


def _inside(wish: Window, windows: tuple[Window, ...]) -> bool:
    """Whether a wish lies in what was asked for; "ideally Tuesday, but Wednesday is fine" asks for both."""
    return any(
        (w.start is None or wish.end is None or wish.end > w.start)
        and (w.end is None or wish.start is None or wish.start < w.end)
        for w in windows
    )


def _from_now(windows: tuple[Window, ...], now: datetime) -> tuple[Window, ...]:
    """Stretches that have begun begin now; what is over is left out ("mornings this week")."""
    minute = now.replace(second=0, microsecond=0)
    ahead = [
        w if w.exact or (w.start is not None and w.start >= now) else replace(w, start=now)
        for w in windows
        if (w.start is None or w.start >= minute if w.exact else w.end is None or w.end > now)
    ]
    return unite(ahead)


def _rest(text: str, mentions: list[Mention]) -> str:
    spans = sorted({s for m in mentions for s in m.spans})
    out: list[str] = []
    at = 0
    for a, b in spans:
        if a > at:
            out.append(text[at:a])
        at = max(at, b)
    out.append(text[at:])
    return " ".join(" ".join(out).split())
