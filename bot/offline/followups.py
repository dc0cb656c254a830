"""Messages that go on from what is open: picking, changing, answering; and half requests completed."""

import re
from collections.abc import Sequence
from typing import Any

from bot.offline import answers, calls, intents, meeting
from bot.offline.action import Call, Text
from bot.offline.intent import Intent
from bot.offline.names import Names
from bot.offline.phrases import core, pattern
from bot.offline.situation import Open, Turn
from bot.offline.utterance import Utterance, analyse
from bot.offline.words import Span, listed, overlaps

_DRAFTS = frozenset(("slots", "proposal", "questions", "pick"))
_YES = pattern(
    "^(?:yes|ok|okay|sure|confirm|go|do it|go ahead|please do|perfect|great|sounds good|book it|please|fine|"
    "correct|right)(?: (?:yes|please|it|do|ahead|good|,|!|[.]|that|thanks|confirm|book))*$"
)
_NO = pattern(
    "^(?:no|cancel|stop|abort|drop|delete|forget|nevermind|never mind|scratch)(?: (?:it|that|this|thanks|,|!|"
    "[.]|please|about|no|all|everything|mind|the request))*$"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|4th|5th|6th|latest|earliest|soonest|"
    "middle|former|latter|other|later|earlier|top|bottom"
)
_PICK = re.compile(
    rf"\b(?:(?:the|that|option|number|no\.?|slot|choice)\s+)*(?:(?:very\s+)?(?:{_ORDINALS})"
    r"(?:\s+(?:one|option|slot|time|choice))?"
    r"|(?:option|number|choice|slot|#)\s*(?:\d|one|two|three|four|five|six))\b",
    re.IGNORECASE,
)
_PICK_WHOLE = re.compile(
    r"^\W*(?:(?:ok|okay|yes|let'?s|please|i'?ll|i|take|go|do|with|for|book|use|choose|pick|prefer|want|like|"
    r"would|"
    r"the|one|option|that|works?|is|fine|good|great|perfect|thanks|make|it|number|slot|time|get|me|can|we|#|"
    r"has|to|be|"
    rf"very|choice|sounds|best|suits|hmm|well|and|then|,|\.|!|{_ORDINALS}|\d|two|three|four|five|six)\s*)+\W*$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:(?:a (?:bit|little)|much|even|an hour|half an hour|\d+ ?\w+|one|two) )?(?:later|earlier|sooner)"
    r"(?: (?:in|on|that|the|this) (?:the )?(?:day|week|morning|afternoon|evening))?\b"
    r"|\b(?:the )?(?:day|week|month) (?:after|before)(?: that)?\b|\b(?:the )?(?:next|following|previous|"
    r"same) (?:day|week|time)\b"
    r"|\b(?:another|a different|some other|other|different|more) (?:time|day|date|slot|week|times|days|slots|"
    r"options)\b",
    re.IGNORECASE,
)  # fmt: skip
_STARTS_ANEW = pattern("^(?:book|schedule|setup|arrange|organize|plan|find-time|create|reserve|pencil)>> ")
_OWN = pattern("^(?:am i|do i|are we|do we|what|when (?:is|'s) (?:my|the|our)|when am i|when do i|show|list|did i)>>")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_BEFORE_HOUR = listed("do it about at or no , to is for make try and say rather then 's with") | {""}
_AFTER_HOUR = listed("? . ! , is works work instead please then would or if could fine good ok for") | {""}
_REFUSING = re.compile(
    r"^(?:none|neither|not any)\b|\bnone of (?:these|those|them)\b|\bdon'?t (?:work|suit)", re.IGNORECASE
)
_ADDING = re.compile(r"\b(?:add|invite|include|plus|also|bring|cc)\b", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"\W*\d{1,2}(?::\d\d)?\s*(?:am|pm)?\W*", re.IGNORECASE)
_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_ACTING = pattern("<<(?:{cancel}|{move}|{change}|{strong}|{weak}|free|i|need|want)>>")
_MOVING = pattern("<<{move}>>")
_WORKS = pattern("<<(?:works?|fine|good|great|perfect|ok|okay|suits?|take|go|one|best|please|let|do)>>")


def _bare_hour(said: Utterance) -> str:
    """ "can we do 4?", "make it 3 instead": a number alone that can only be an hour, as "at 4"; else ""."""
    for at, word in enumerate(said.words):
        if word.kind != "number" or not word.lemma.isdigit() or not 1 <= int(word.lemma) <= 24:
            continue
        before = said.words[at - 1].lemma if at else ""
        after = said.words[at + 1].lemma if at + 1 < len(said.words) else ""
        if before in _BEFORE_HOUR and after in _AFTER_HOUR and not said.is_about_time(word):
            return f"at {word.text}"
    return ""


def follow(said: Utterance, intent: Intent, opened: Open) -> Call | Text | None:
    """What the message means for the open card; None when it is a request of its own."""
    line = core(said.line)
    if opened.card not in _DRAFTS:
        return _after_outcome(said, intent, opened)
    if _YES.match(said.line) or _NO.match(said.line):
        return _plain_answer(bool(_YES.match(said.line)), opened)
    picked = _picked(said, opened)
    if picked:
        return Call("adjust", {"pick": picked})
    if _is_new(said, intent, line, opened):
        return None
    arguments = _changes(said, intent, opened)
    if not arguments and _REFUSING.search(said.text):
        return Text("Which day or time would suit you instead?")
    return Call("adjust", arguments) if arguments else None


def _plain_answer(yes: bool, opened: Open) -> Text:
    if not yes:
        return Text("All right, nothing has been changed.")
    if opened.card in ("slots", "pick") and opened.options:
        return Text(f"Which one: {_listed(opened.options)}?")
    if opened.card == "questions" and opened.questions:
        return Text(f"I still need an answer to: {_listed([q.label for q in opened.questions])}.")
    return Text("Press the button on the card to go ahead.")


def _listed(items: Sequence[str]) -> str:
    shown = list(items[:6])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _after_outcome(said: Utterance, intent: Intent, opened: Open) -> Call | None:
    """What is done or listed: "cancel it", "move it to 4pm", "an hour later", "the second one" of a list."""
    which = _option(said, opened)
    plain = not said.people and not said.sizes and not meeting.named(said)
    if (
        opened.card == "agenda"
        and said.times
        and plain
        and len(said.words) <= 7
        and not _ACTING.search(core(said.line))
    ):
        return Call("show_bookings", {"when": said.when})
    if intent is Intent.DELETE and which:
        return Call("cancel", {"booking": which})
    changing = intent is Intent.UPDATE or (intent in (Intent.OTHER, Intent.CREATE) and opened.card == "outcome")
    if changing and not said.people and not meeting.named(said):
        vague = _LATER.search(said.text)
        to = said.when or (vague.group() if vague else "")
        moved = calls.move(said, opened) if intent is Intent.UPDATE else None
        if moved and (moved.arguments.get("to") or not to):
            booking = which or moved.arguments.get("booking", "")
            return Call("move", {**moved.arguments, **({"booking": booking} if booking else {})})
        short = len(said.words) <= 8 and not _STARTS_ANEW.match(core(said.line))
        if to and short and calls.referent(opened):
            return Call("move", {"booking": which or calls.referent(opened), "to": to})
    return None


def _option(said: Utterance, opened: Open) -> str:
    """The option of a list that the words point at."""
    found = _PICK.search(said.text)
    if not found or not opened.options:
        return ""
    order = ("first", "second", "third", "fourth", "fifth", "sixth")
    lowered = found.group().lower()
    if "last" in lowered or "latest" in lowered:
        return opened.options[-1]
    digits = re.search(r"\d", lowered)
    at = int(digits.group()) - 1 if digits else next((i for i, word in enumerate(order) if word in lowered), -1)
    return opened.options[at] if 0 <= at < len(opened.options) else ""


def _picked(said: Utterance, opened: Open) -> str:
    """The words that choose one of the options shown, "" when none does."""
    if opened.card not in ("slots", "pick") or not opened.options:
        return ""
    text = said.text.strip()
    found = _PICK.search(text)
    if found and _PICK_WHOLE.match(text):
        words = found.group().strip()
        alone = words.lower() in ("later", "earlier", "other", "the later", "the earlier")
        return "" if alone or said.when.lower().startswith(words.lower() + " ") else words
    if re.fullmatch(r"#?\s*\d", text) and not _offered(text, opened.options):
        return text
    if opened.card == "pick":
        return _picked_name(text, opened.options)
    return _picked_time(said, opened)


def _picked_name(text: str, options: Sequence[str]) -> str:
    """The option whose words the message says, when only one is that near. Days count by their first three letters."""
    said = _tokens(text)
    hits = [(len(_tokens(option) & said), option) for option in options]
    best = max((score for score, _ in hits), default=0)
    nearest = [option for score, option in hits if score == best and best > 0]
    if not nearest:
        nearest = [option for option in options if _offered(text, [option])]
    return nearest[0] if len(nearest) == 1 and len(said) <= best + 6 else ""


def _tokens(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    small = {"the", "on", "one", "at", "with", "please", "a", "is", "my", "in", "of", "it", "min", "am", "pm"}
    return {word[:3] if _DAY.match(word) else word for word in words if word not in small}


def _picked_time(said: Utterance, opened: Open) -> str:
    """ "2:30 works": a clock time that is among those offered, with nothing else asked."""
    if len(said.times) != 1 and not _bare_hour(said) and not _CLOCK_ALONE.fullmatch(said.text.strip()):
        return ""
    if said.people or said.minutes or said.details.spans or len(said.words) > 14:
        return ""
    hour = _bare_hour(said).removeprefix("at ")
    words = said.when or hour or said.text.strip()
    if re.search(r"\b(?:after|before|from|between|until|by|later|earlier|past)\b|-", words, re.I):
        return ""
    return re.sub(r"^(?:at|on|the)\s+", "", words, flags=re.I) if _offered(words, opened.options) else ""


def _offered(words: str, options: Sequence[str]) -> bool:
    """Whether a clock time (with its day, if one is said) is among the options."""
    cleaned = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)\b", "", words)
    wanted = _CLOCK.search(cleaned)
    if not wanted or not re.search(r"\d", cleaned):
        return False
    day = _DAY.search(words)
    other_day = re.search(r"\b(?:today|tomorrow|next|week)\b", words, re.I)
    for option in options:
        shown = list(re.finditer(r"(\d{1,2}):(\d{2})\s*(am|pm)?", option, re.I))
        if not shown or other_day or (day and day.group(1).lower() not in option.lower()):
            continue
        hour, minute, half = shown[0].groups()
        same_half = not wanted.group(3) or not half or wanted.group(3)[0].lower() == half[0].lower()
        if int(wanted.group(1)) == int(hour) and (wanted.group(2) or "00") == minute and same_half:
            return True
    return False


def _is_new(said: Utterance, intent: Intent, line: str, opened: Open) -> bool:
    """Whether the message starts a request of its own."""
    if intent in (Intent.RING, Intent.GREETING, Intent.THANKS, Intent.HELP, Intent.REFUSAL):
        return opened.card != "questions" or intent is not Intent.RING
    if intent in (Intent.ACCEPT, Intent.DECLINE):
        return True
    if intent is Intent.DELETE:
        return True
    others = {person.name.lower() for person in said.people} - {name.lower() for name in opened.people}
    if intent is Intent.FIND:
        return bool(_OWN.match(line)) and not re.match(r"what (?:about|if)", line)
    if intent is Intent.AVAILABILITY:
        return bool(_OWN.match(line)) or bool(others) or bool(said.people)
    if intent is Intent.UPDATE:
        return meeting.named(said) is not None or bool(
            re.search(r"(?:my|the) (?:meeting|call|appointment|event)", line)
        )
    if intent is Intent.CREATE and _STARTS_ANEW.match(line):
        it = re.match(r"(?:book|schedule|plan|setup|reserve) (?:it|that|this|<when>|me)", line)
        return not it
    return False


def _changes(said: Utterance, intent: Intent, opened: Open) -> dict[str, Any]:
    """The arguments of `adjust` for what the message changes or answers."""
    answered = answers.find(said, opened.questions, whole=_only_answers(said, intent))
    given = answered.given
    times = [span for span in said.times if not any(overlaps(span, other) for other in answered.spans)]
    when = _when(said, times, alone=not given)
    minutes = said.minutes
    if intent is Intent.UPDATE and said.sizes and _MOVING.search(core(said.line)):
        when, minutes = calls.move(said).arguments.get("to", "") or when, None
    people, guests = _parties(said, searching=intent is not Intent.UPDATE and not given)
    called = meeting.named(said, said.details.spans) if not given else None
    details, told = said.details, " ".join(given.values())
    found: dict[str, Any] = {
        "when": when,
        "people": [name for name in people if name not in told],
        "meeting": called.text if called and called.kind else "",
        "minutes": minutes,
        "title": details.title.value if details.title else "",
        "notes": details.notes.value if details.notes and details.notes.value not in told else "",
        "guests": [name for name in guests if name not in told],
        "place": details.place.value if details.place and details.place.value not in told else "",
        "reason": details.reason.value if details.reason else "",
        "answers": given,
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _when(said: Utterance, times: Sequence[Span], *, alone: bool) -> str:
    """The words about another time. `alone`: a bare number may be an hour."""
    spans = list(times)
    vague = _LATER.search(said.text)
    if vague and not any(overlaps(vague.span(), span) for span in spans):
        spans.append(vague.span())
    words = " ".join(said.text[start:end] for start, end in sorted(spans))
    if words.isdigit():
        return f"at {words}"
    return words or (_bare_hour(said) if alone else "")


def _parties(said: Utterance, *, searching: bool) -> tuple[list[str], list[str]]:
    """The people named as hosts and as guests. `searching`: a name alone counts."""
    people, guests = calls.names(said), calls.names(said, guests=True)
    if people and not guests and _ADDING.search(said.text):
        return [], people
    if not people and not guests and searching:
        people = _instead(said)
    return people, guests


def _only_answers(said: Utterance, intent: Intent) -> bool:
    """Whether the message can be a free-text answer: it changes nothing."""
    changes = said.minutes is not None or bool(said.times) or bool(said.people) or bool(_LATER.search(said.text))
    return not changes or (intent in (Intent.OTHER, Intent.FIND) and len(said.words) > 10)


def _instead(said: Utterance) -> list[str]:
    """ "sam instead", "rather sam", "sam": a name and nothing else that matters."""
    names = Names(said.words, [*said.times, *(span for span, _ in said.sizes)])
    fillers = listed("no instead rather actually make it ask , . ! ? or then please better hmm what about how")
    rest = [at for at, word in enumerate(said.words) if word.lemma not in fillers and not said.is_about_time(word)]
    if not rest or len(rest) > 3 or not all(names.is_name(at, strict=not names.cased) for at in rest):
        return []
    names.series(rest[0], roles=False)
    return [person.name for person in names.found]


def resume(said: Utterance, intent: Intent, turn: Turn) -> tuple[Utterance, Intent] | None:
    """A fragment ("bailey", "tomorrow at 3") after a question completes the request before it."""
    if not turn.earlier or turn.earlier[-1][0] != "assistant" or not turn.earlier[-1][1].rstrip().endswith("?"):
        return None
    before = next((text for role, text in reversed(turn.earlier) if role == "user"), "")
    fragment = intent in (Intent.OTHER, Intent.CREATE) and len(said.words) <= 8
    if not before or not fragment or _STARTS_ANEW.match(core(said.line)):
        return None
    first = analyse(before, turn.situation)
    meant = intents.intent(first, turn.situation.where)
    if meant not in (Intent.CREATE, Intent.AVAILABILITY, Intent.UPDATE):
        return None
    whole = f"{before} {_as_addition(said, first)}"
    return analyse(whole, turn.situation), meant


def _as_addition(said: Utterance, first: Utterance) -> str:
    named = said.people or said.times or said.sizes
    return said.text if named or first.people else f"with {said.text}"
