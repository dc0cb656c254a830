"""Messages that go on from what is open: picking, changing, answering; and half requests completed."""

import re
from collections.abc import Sequence
from typing import Any

from bot.offline import answers, calls, intents, meeting, parties, picks, renewal, shortcuts
from bot.offline.action import Call, Text
from bot.offline.intent import Intent
from bot.offline.phrases import core, pattern
from bot.offline.situation import Open, Turn
from bot.offline.utterance import Utterance, analyse
from bot.offline.words import Span, overlaps

DRAFTS = frozenset(("slots", "proposal", "questions", "pick"))
_YES = pattern(
    "^(?:yes|ok|okay|sure|confirm|go|do it|go ahead|please do|perfect|great|sounds good|book it|please|fine|"
    "correct|right)(?: (?:yes|please|it|do|ahead|good|,|!|[.]|that|thanks|confirm|book))*$"
)
_NO = pattern(
    "^(?:no|cancel|stop|abort|drop|delete|forget|call it off|call off|keep it|"
    "nevermind|never mind|scratch)(?: (?:it|that|this|"
    "thanks|,|!|"
    "[.]|please|about|no|all|everything|mind|the request))*$"
)
_LATER = re.compile(
    r"\b(?:(?:a (?:bit|little)|much|even|an hour|half an hour|\d+ ?\w+|one|two) )?(?:later|earlier|sooner)"
    r"(?: (?:in|on|that|the|this) (?:the )?(?:day|week|morning|afternoon|evening))?\b"
    r"|\b(?:the )?(?:day|week|month) (?:after|before)(?: that)?\b|\b(?:the )?(?:next|following|previous|"
    r"same) (?:day|week|time)\b"
    r"|\b(?:another|a different|some other|other|different|more) (?:time|day|date|slot|week|times|days|slots|"
    r"options)\b"
    r"|\b(?:the )?(?:next|first|earliest|soonest) (?:available|possible|free)(?: (?:time|slot|one))?\b"
    r"|\b(?:viel )?(?:später|früher)\b|\bplus (?:tard|tôt)\b|\bmás (?:tarde|temprano)\b|\bmais (?:tarde|cedo)\b"
    r"|\bpiù (?:tardi|presto)\b|\beerder\b|もっと(?:後|遅く|早く)|後で",
    re.IGNORECASE,
)  # fmt: skip
_STARTS_ANEW = pattern("^(?:book|schedule|setup|arrange|organize|plan|find-time|create|reserve|pencil)>> ")
_THINKING = pattern(
    "^(?:hmm+|let me (?:think|see|check)|wait|one (?:moment|second|sec)|hold on|not sure|"
    "i don't know|maybe|perhaps|not yet|i wonder|possibly|give me (?:a|one) (?:moment|second|minute|sec))"
    "(?: .{0,20})?$|^(?:me )?(?:think|see)$"
)
_POINTING = pattern("<<(?:it|that|this)>>")
_BARE_ANSWER = re.compile(
    r"^\W*(?:yes|yep|yeah|sure|of course|no|nope)\W*(?:please|thanks|thank you)?\W*$", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|nicht|pas|niet|non)\s+(?:at |on )?$", re.IGNORECASE)
"""What stands in front of the time that is not meant: "not 2, 3pm"."""
_ONLY_WITH = re.compile(
    r"^\W*(?:and|only|just|what about|how about|those|the ones)\b[\s,]*(?:(?:the )?ones )?with\b", re.IGNORECASE
)
_SWAPS = re.compile(r"\b(?:with|instead|rather|invite|add|not|actually|make)\b|@|<", re.IGNORECASE)
_ENDING = frozenset(("cancel", "decline"))
_WRONG = re.compile(r"\b(?:wrong|not (?:that|this)|other|different) (?:one|meeting|call|booking)\b", re.IGNORECASE)
_EXPLAINED = re.compile(r"^\W*(?:the )?reason\b(?:\s+(?:is|being))?\W*", re.IGNORECASE)
_EXCUSE = re.compile(
    r"^\W*(?:sorry\W+)?(?:i'?m|i am|i have|i'?ve|i got|we have|we'?re|something|no time|my \w+ (?:is|has|got))\b"
    r"(?!.*\b(?:not|mind|another|question|meeting)\b)",
    re.IGNORECASE,
)
"""Words that only excuse: they are told to the other side as the reason."""
_BESIDES = re.compile(
    r"^\W*(?:and|also|plus)\b(?! (?:only|just|not))|\b(?:too|as well|also)\W*$"
    r"|\bshould (?:also )?(?:join|come|be there)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^\W*(?:(?:hm+|ok|and|but)\b[\s,]*)*(?:why\b|what (?:for|does (?:that|it|this) mean)\b)", re.IGNORECASE
)
_THEN = re.compile(r"\b(?:then|at that time|at the same time)\W*$", re.IGNORECASE)
"""The time of the open card."""
_BY_NOW = re.compile(r"(?:by |right |as of |for )?(?:now|today)|currently|at the moment|these days", re.IGNORECASE)
"""Time that only goes with a fact: "we are 75 by now"."""
_ASKING = re.compile(
    r"^\W*(?:(?:hm+|ok|and|but|sorry|wait|er|um)\b[\s,]*)*(?:what|why|how|who|where|when|which|do i|do you|is it"
    r"|is that|can i|should i|must i)\b.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""A question, which answers none."""
_MORE = pattern("^(?:show |any |see )?(?:me )?(?:some )?more(?: times| options| slots| slot)?$")
_MESSAGE = re.compile(
    r"^\W*(?:(?:and|also|please|ok)\b[\s,]*)*(?P<what>(?:tell|remind|let) (?!me\b|us\b)"
    r"(?:him|her|them|everybody|everyone|@?[\w-]+) (?:to|that|know|about)\b.+)$",
    re.IGNORECASE | re.DOTALL,
)
"""Words for the other side, which go along with the booking."""
_ASKS = pattern(
    "^(?:what|when|where|who|whom|how long|how many|which|is|are|does|do|will|and what|and when|and where|and who)>>"
)
_OF_CARD = pattern(
    "^(?:and )?(?:who else|who (?:is|'s)|where (?:is|'s|will|do)|what time|when (?:is|'s)|how long|what day|which day|"
    "what date|how many)>>"
)
_MINE = pattern("<<(?:my|i have|do i|am i|our|{calendar}|meetings|free|available|other|else do)>>")
_REFUSING = re.compile(
    r"^(?:none|neither|not any)\b|\bnone of (?:these|those|them)\b|\bdon'?t (?:work|suit)", re.IGNORECASE
)
_SPEAKER = re.compile(r"^([^:\n]{1,60}): ")
_AGAIN = pattern("^(?:book|schedule|setup|do) (?:it|that|this|the same|another)>>|<<(?:again|same)>>")
_ACTING = pattern("<<(?:{cancel}|{move}|{change}|{strong}|{weak}|free|i|need|want)>>")
_MOVING = pattern("<<{move}>>")


def follow(said: Utterance, intent: Intent, opened: Open) -> Call | Text | None:
    """What the message means for the open card; None when it is a request of its own."""
    line = core(said.line)
    if opened.card not in DRAFTS:
        found = _after_outcome(said, intent, opened)
        return found or (_for_waiting(said, intent, line, opened.waiting) if opened.waiting else None)
    if opened.waiting and _for_waiting(said, intent, line, opened.waiting, only_answers=True):
        return _for_waiting(said, intent, line, opened.waiting)
    if (_YES.match(said.line) or _NO.match(said.line)) and not _answers_yes_or_no(said, opened):
        return _plain_answer(bool(_YES.match(said.line)), opened)
    if intent is Intent.NOD and opened.card != "questions":
        return _plain_answer(True, opened)
    if _MORE.match(line):
        return Call("adjust", {"when": "more times"})
    picked = picks.picked(said, opened)
    if picked or (picked := renewal.chosen_anew(said, opened)):
        return Call("adjust", {"pick": picked})
    if short := shortcuts.changed(said.text, opened):
        return Call("adjust", short)
    if aside := _aside(said, intent, line, opened):
        return aside
    if intent is Intent.AVAILABILITY and opened.start and not said.times and _THEN.search(said.text):
        found = calls.find_times(said)
        return Call(found.tool, {**found.arguments, "when": opened.start})
    if opened.card == "questions" and _WHY.match(said.text):
        return Call("adjust")
    if renewal.books(said, intent, line):
        return calls.book(said)
    if opened.kind == "book" and (message := _MESSAGE.match(said.text)):
        return Call("adjust", {"notes": message["what"].strip()})
    chosen = picks.among(said, opened)
    if not chosen and renewal.is_new(said, intent, line, opened):
        return None
    arguments = _changes(said, intent, opened)
    if not arguments and opened.card == "questions" and _ASKING.search(said.text) and intent is not Intent.HELP:
        return Call("adjust")
    if chosen:
        arguments = {"pick": chosen, **{name: value for name, value in arguments.items() if name != "when"}}
    if opened.kind in _ENDING and (why := _EXPLAINED.match(said.text)) and "reason" not in arguments:
        arguments = {"reason": said.text[why.end() :].strip()}
    if opened.kind in _ENDING and not arguments and _EXCUSE.match(said.text):
        arguments = {"reason": said.text.strip()}
    return Call("adjust", arguments) if arguments else None


def _for_waiting(
    said: Utterance, intent: Intent, line: str, waiting: Open, *, only_answers: bool = False
) -> Call | Text | None:
    """What the message means for a card that waits behind a list: an answer to it, or a change of it."""
    if renewal.is_new(said, intent, line, waiting) or (said.text.rstrip().endswith("?") and not said.times):
        return None
    given = answers.find(said, waiting.questions, whole=False).given
    if only_answers:
        return Call("adjust", {"answers": given}) if given and not said.times else None
    found = follow(said, intent, waiting)
    return found if isinstance(found, Call) else None


def _answers_yes_or_no(said: Utterance, opened: Open) -> bool:
    """Whether a bare yes or no is for the one question of the card that asks for it."""
    asked = [question for question in opened.questions if question.type == "boolean"]
    return opened.card == "questions" and len(asked) == 1 and bool(_BARE_ANSWER.match(said.text))


def _aside(said: Utterance, intent: Intent, line: str, opened: Open) -> Call | Text | None:
    """Words that change nothing: thinking aloud, turning all down, agreeing in other words, asking about the card."""
    if _THINKING.match(line):
        return Text("Take your time, the card stays open.")
    if _REFUSING.search(said.text) and not said.times and not _LATER.search(said.text):
        return Text("Which day or time would suit you instead?")
    if opened.kind in _ENDING and _WRONG.search(said.text) and not said.times and not said.people:
        return Text("Nothing has been changed. Which one do you mean?")
    if intent is Intent.DELETE and opened.kind == "cancel" and _POINTING.search(line):
        return Text("Press the button on the card to cancel it.")
    return Call("adjust") if _about_card(said, line, opened) else None


def _about_card(said: Utterance, line: str, opened: Open) -> bool:
    """Whether something is asked that the card itself answers: "what time is that for sam?", "who else is invited?"."""
    if not _ASKS.match(line) or said.times or opened.card == "pick" or not opened.title:
        return False
    whom = {person.name.lower() for person in said.people} <= {name.lower() for name in opened.people}
    return whom and bool(_POINTING.search(line) or _OF_CARD.match(line)) and not _MINE.search(line)


def _plain_answer(yes: bool, opened: Open) -> Text:
    if not yes:
        return Text("All right, nothing has been changed.")
    if opened.card in ("slots", "pick") and opened.options:
        return Text(f"Which one: {_listed(opened.options)}?")
    left = [q.label for q in opened.questions if q.required and not q.answer]
    if opened.card == "questions" and left:
        return Text(f"I still need an answer to: “{_listed(left)}”")
    return Text("Press the button on the card to go ahead.")


def _listed(items: Sequence[str]) -> str:
    shown = list(items[:6])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _after_outcome(said: Utterance, intent: Intent, opened: Open) -> Call | None:
    """What is done or listed: "cancel it", "move it to 4pm", "an hour later", "the second one" of a list."""
    which = picks.option(said, opened)
    if intent is Intent.CREATE and _AGAIN.search(said.line) and not said.people and opened.people:
        made = calls.book(said).arguments
        return Call("book", {**{k: v for k, v in made.items() if k != "title"}, "people": list(opened.people)})
    plain = not said.people and not said.sizes and not meeting.named(said)
    if (
        opened.card == "agenda"
        and said.times
        and plain
        and len(said.words) <= 7
        and not _ACTING.search(core(said.line))
    ):
        return Call("show_bookings", {"when": said.when})
    if opened.card == "agenda" and _ONLY_WITH.match(said.text) and said.people:
        return Call("show_bookings", {"people": calls.names(said), **({"when": said.when} if said.when else {})})
    if intent is Intent.DELETE and which:
        why = {"reason": said.details.reason.value} if said.details.reason else {}
        return Call("cancel", {"booking": which, **why})
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


def _changes(said: Utterance, intent: Intent, opened: Open) -> dict[str, Any]:
    """The arguments of `adjust` for what the message changes or answers."""
    asking = bool(_ASKING.search(said.text))
    asked = opened.card == "questions" and any(not q.answer for q in opened.questions) and not asking
    answered = answers.find(said, opened.questions, whole=asked and _only_answers(said, intent))
    given = answered.given
    times = [span for span in said.times if not any(overlaps(span, other) for other in answered.spans)]
    times = [span for span in times if not (given and _BY_NOW.fullmatch(said.text[span[0] : span[1]]))]
    when = _when(said, times, alone=not given)
    minutes = said.minutes
    if intent is Intent.UPDATE and said.sizes and _MOVING.search(core(said.line)):
        when, minutes = calls.move(said).arguments.get("to", "") or when, None
    people, guests = _parties(said, searching=intent is not Intent.UPDATE and not given)
    called = meeting.named(said, said.details.spans) if not given else None
    details, told = said.details, " ".join(given.values())
    spoken_of = _within_answers(said, answered.clauses)
    found: dict[str, Any] = {
        "when": when,
        "people": [name for name in people if name not in told and name not in spoken_of],
        "meeting": called.text if called and called.kind else "",
        "minutes": minutes,
        "title": details.title.value if details.title else "",
        "notes": answered.notes if answered.notes not in told else "",
        "guests": [name for name in guests if name not in told and name not in spoken_of],
        "place": details.place.value if details.place and not _is_told(details.place.value, told) else "",
        "reason": details.reason.value if details.reason else "",
        "answers": given,
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _parties(said: Utterance, *, searching: bool) -> tuple[list[str], list[str]]:
    """Whom it shall be with instead, and whom to invite besides: "and lena", "lena should join"."""
    people, guests = parties.said_in(said, searching=searching)
    return ([], [*guests, *people]) if people and _BESIDES.search(said.text) else (people, guests)


def _within_answers(said: Utterance, clauses: Sequence[Span]) -> set[str]:
    """Names that only stand beside an answer ("mobile is +1 ..."), not behind "with" or "invite"."""
    found = set()
    for person in said.people:
        led = re.search(r"\b(?:with|invite|add|cc|and)\s+$", said.text[: person.span[0]], re.IGNORECASE)
        if not led and any(overlaps(person.span, clause) for clause in clauses):
            found.add(person.name)
    return found


def _is_told(words: str, told: str) -> bool:
    """Whether an answer says it already, loosely: "in person" in "In person (attendee address)"."""
    answered = told.casefold()
    return any(part.strip() and part.strip() in answered for part in re.split(r",|\bat\b", words.casefold()))


def _when(said: Utterance, times: Sequence[Span], *, alone: bool) -> str:
    """The words about another time. `alone`: a bare number may be an hour."""
    spans = list(times)
    vague = _LATER.search(said.text)
    if vague and not any(overlaps(vague.span(), span) for span in spans):
        spans.append(vague.span())
    denied = [span for span in spans if _DENIED.search(said.text[: span[0]])]
    if len(denied) < len(spans):
        spans = [span for span in spans if span not in denied]
    words = " ".join(said.text[start:end] for start, end in sorted(spans))
    if words.isdigit():
        return f"at {words}"
    hour = picks.bare_hour(said) if alone else ""
    return f"{words} {hour}".strip()


def _only_answers(said: Utterance, intent: Intent) -> bool:
    """Whether the message can be a free-text answer: it changes nothing."""
    named = bool(said.people) and (len(said.words) > 3 or bool(_SWAPS.search(said.text)))
    changes = said.minutes is not None or bool(said.times) or named or bool(_LATER.search(said.text))
    return not changes or (intent in (Intent.OTHER, Intent.FIND) and len(said.words) > 10)


def resume(said: Utterance, intent: Intent, turn: Turn) -> tuple[Utterance, Intent] | None:
    """A fragment ("bailey", "tomorrow at 3") after a question completes the request before it."""
    if not turn.earlier or turn.earlier[-1][0] != "assistant" or "?" not in turn.earlier[-1][1]:
        return None
    before = _own_words(turn)
    fragment = intent in (Intent.OTHER, Intent.CREATE) and len(said.words) <= 8
    if not before or not fragment or _STARTS_ANEW.match(core(said.line)):
        return None
    first = analyse(before, turn.situation)
    meant = intents.intent(first, turn.situation.where)
    if meant not in (Intent.CREATE, Intent.AVAILABILITY, Intent.UPDATE):
        return None
    whole = f"{before} {_as_addition(said, first)}"
    return analyse(whole, turn.situation), meant


def _own_words(turn: Turn) -> str:
    """The asker's last message before this one. History names its speakers: "Ann: book 15min"."""
    asker = turn.situation.asker
    for role, text in reversed(turn.earlier):
        speaker = _SPEAKER.match(text)
        if role == "user" and (speaker is None or speaker.group(1) == asker):
            return text[speaker.end() :] if speaker else text
    return ""


def _as_addition(said: Utterance, first: Utterance) -> str:
    named = said.people or said.times or said.sizes
    return said.text if named or first.people else f"with {said.text}"
