"""From an understood message to the tool call a language model would make: the person's own words, sorted."""

import re
from typing import Any

from bot.offline import asking, meeting, moving
from bot.offline.action import Call
from bot.offline.intent import Intent
from bot.offline.phrases import pattern
from bot.offline.situation import Open
from bot.offline.utterance import Utterance
from bot.offline.words import Word, listed

_PENDING = pattern(
    "<<(?:request|requests|pending|unconfirmed|awaiting|waiting|unanswered|approve|approval)>>|"
    "^(?:who|anyone|anybody) .*<<(?:want|wants|asked|request|requested|like)>> .*<<(?:me|us)>>"
)
_LAST = pattern("<<(?:last|latest|previous) (?:[^ ]+ )?{event}>>")
_CANCELLED = pattern("<<(?:cancelled|cancel)>>")
_RECURRING = pattern("<<(?:recurring|repeating|series|repeat)>>")
_SERIES = pattern(
    "<<(?:all (?:future|occurrences|of them|instances)|the series|every (?:one|occurrence|instance)|"
    "(?:whole|entire|full|all) (?:[^ ]+ ){0,3}series)>>"
)
_WHOLE_SERIES = re.compile(r"\b(?:whole|entire|full|all)\b.*\bseries\b", re.IGNORECASE)
_EVERY = re.compile(
    r"\ball (?:of )?(?:my |the |our )?(?:weekly|bi-?weekly|daily|monthly|recurring|repeating|standing)\b", re.I
)
_REST = re.compile(
    r"\b(?:rest|remainder) of (?:the|my|our)\b.*\bseries\b|\b(?:all )?(?:the )?(?:remaining|future|later)\b"
    r".*\b(?:ones|occurrences|instances|syncs|meetings|sessions|series)\b",
    re.I,
)
_FOLLOWING = pattern("<<(?:following ones|and following|all following|from now on|this and|from then on|onwards?)>>")
_ME = pattern("<<(?:am i|i 'm|do i|i am|me|my|are we|do we|we|i)>>")
_TEAM = re.compile(r"\b(?:the\s+)?([\w-]+(?:\s+[\w-]+)?)\s+team\b", re.IGNORECASE)
_WISH = re.compile(r"^(?:i'd|i would|i|we|we'd) (?:like|want|need|have|wish) to$", re.IGNORECASE)
_SOMEBODY_OF = re.compile(
    r"\b(?:someone|somebody|anyone|anybody|people|help) (?:from|in|of) (?!here|there|my|this|that)(?:the )?([\w-]+)",
    re.I,
)
_ANOTHER_TIME = re.compile(
    r"^.{0,40}\b(?:another|different|new|better|other|alternative) (?:time|day|date|slot) (?:for|of) (?=(?:my|the"
    r"|our|that)\b)",
    re.IGNORECASE,
)
"""A meeting that shall be at a time which is not said yet."""
_RUNG = re.compile(
    r"\b(?:ring|page|call|ping|alert|get|summon|need|want)\s+(?:me\s+)?(?:the\s+)?"
    r"(support|sales|legal|finance|hr|engineering|ops|onboarding|triage)\b",
    re.I,
)
_BOOKING_LINK = re.compile(
    r"^(?:https?://)?(?:app\.)?cal\.com/(?P<user>[\w.-]+)/(?P<type>[\w-]+)/?(?:\?.*)?$", re.IGNORECASE
)
_ACTS = listed(
    """
    cancel delete remove erase drop clear unschedule scrap unbook decline accept approve reject refuse confirm move
    reschedule postpone delay shift swap defer rebook advance change update modify edit make attend join put push
    extend kill skip abort  purge nuke dismiss bring bump take
    """
)


def _filled(**arguments: Any) -> dict[str, Any]:
    """Without what was not said."""
    return {name: value for name, value in arguments.items() if value not in (None, "", [], {})}


def names(said: Utterance, *, guests: bool = False) -> list[str]:
    """The people named as parties, or those to invite besides, each once."""
    found = [person.name for person in said.people if person.guest == guests]
    return list(dict.fromkeys(found))


def book(said: Utterance) -> Call:
    """A meeting to be made. A message that names no person and no kind gives its own words as the title."""
    details = said.details
    called = meeting.named(said, details.spans)
    people, guests = names(said), names(said, guests=True)
    if guests and not people:
        people, guests = guests, []
    linked = [found for name in people if (found := _BOOKING_LINK.search(name))]
    people = [found["user"] if (found := _BOOKING_LINK.search(name)) else name for name in people]
    title = details.title.value if details.title else called.text if called and not called.kind else ""
    if details.notes and not details.title and title and title in details.notes.value:
        title = ""
    if not title and not people and not called:
        title = _remainder(said)
    return Call(
        "book",
        _filled(
            people=people,
            when=_when(said),
            meeting=called.text if called and called.kind else linked[0]["type"] if linked else "",
            minutes=said.minutes,
            title=title[:120],
            notes=details.notes.value if details.notes else "",
            guests=guests,
            place=details.place.value if details.place else "",
        ),
    )


_IDLE = listed(
    """
    i we you me us my our the a an to please can could will would want need like have has had and so also 'm 'd 'll
    's hello add put set setup create make book schedule plan block arrange remind calendar on in for at of with
    event meeting appointment get it that is am are be going help let call schedule invite slot time up
    """
)


def _remainder(said: Utterance) -> str:
    """What a message without people is about: "I need to go jogging on Tuesday" -> "go jogging"."""
    kept: list[Word] = [w for w in said.words if not said.is_about_time(w)]
    while kept and (kept[0].lemma in _IDLE or kept[0].is_mark):
        kept.pop(0)
    while kept and (kept[-1].lemma in _IDLE or kept[-1].is_mark):
        kept.pop()
    return said.text[kept[0].start : kept[-1].end][:120] if kept else ""


_TIMES = re.compile(
    r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve) ?(?:times|occurrences|sessions|x)\b"
    r"(?! (?:a|per|each|every)\b)|\btwice\b(?! (?:a|per|each|every)\b)",
    re.I,
)


_SOONEST = re.compile(
    r"\b(?:(?:first|earliest|soonest|next) (?:available|possible|free|open)\b|(?:the )?(?:earliest|soonest)\b"
    r"(?! (?:on|in|next|this|to)))",
    re.I,
)


def _when(said: Utterance) -> str:
    """The words about time, with how often it repeats: "weekly on Tuesday", "3 times"."""
    if not said.times and _SOONEST.search(said.text):
        return "as soon as possible"
    times = _TIMES.search(said.text)
    counted = said.times and times and times.group() not in said.when
    return f"{said.when}, {times.group()}" if times and counted else said.when


def find_times(said: Utterance) -> Call:
    """A question about free time; nobody named means the asker."""
    people = names(said) + names(said, guests=True)
    mine = bool(_ME.search(said.line)) and not re.search(r"(?:show|tell|give|let) me", said.line)
    together = bool(re.search(r"\b(?:i|we|me)\b", said.line)) and bool(people)
    if not people and said.line.startswith("who "):
        people = []
    elif not people or (mine and together and re.search(r"<who> and (?:i|me)|(?:i|me) and <who>|both", said.line)):
        people = ["me", *people]
    called = meeting.named(said, said.details.spans)
    kind = called.text if called and called.kind else ""
    return Call("find_times", _filled(people=people, when=_when(said), meeting=kind, minutes=said.minutes))


_ANSWERED = re.compile(
    r"^\W*(?:did|has|have|was|were|is|are)\b(?! (?:i|we)\b).*"
    r"\b(?:accept|approve|confirm|decline|reject|answer|respond|reply|replie)(?:d|ed)?\b",
    re.I,
)
_ARRANGED = re.compile(
    r"^\W*(?:did|have) (?:i|we|you) (?:already |ever )?(?:book|schedul|arrang|plan|set up|reserv)(?:e|ed|d)?\b", re.I
)


def show_bookings(said: Utterance) -> Call:
    """A question about the asker's meetings."""
    line = said.line
    called = meeting.named(said)
    status = None
    if _PENDING.search(line):
        status = "requests"
    elif _CANCELLED.search(line):
        status = "cancelled"
    elif _ANSWERED.search(said.text) or _ARRANGED.match(said.text):
        pass  # whatever stands there now, and how it stands
    elif asking.is_past(line) or (_LAST.search(line) and not said.times):
        status = "past"
    elif _RECURRING.search(line):
        status = "recurring"
    elif re.search(r"(?<!\S)(?:next|upcoming|coming)(?!\S)", line):
        status = "upcoming"
    people = [*names(said), *names(said, guests=True)]
    return Call(
        "show_bookings",
        _filled(when=said.when, people=people, meeting=called.text if called else "", status=status),
    )


_BEHIND_VERBS = frozenset(("to", "up", "out", "off", "please", "want", "is"))


def _after_verb(said: Utterance) -> tuple[int, int]:
    """The characters that say which booking: those behind the verb, else those before it."""
    acts = [at for at, word in enumerate(said.words) if word.lemma in _ACTS and not said.is_about_time(word)]
    if not acts:
        return 0, len(said.text)
    first = acts[0]
    at = first + 1
    while at < len(said.words) and (said.words[at].lemma in _BEHIND_VERBS or said.words[at].is_mark):
        then = said.words[at + 1] if at + 1 < len(said.words) else None
        if said.words[at].lemma == "to" and then is not None and said.is_about_time(then):
            break  # "has to move to Monday": which one was said before
        at += 1
    if at < len(said.words):
        return said.words[at].start, len(said.text)
    start = next((w.start for w in said.words[:first] if w.lemma not in _IDLE or w.lemma in ("my", "the")), 0)
    return start, said.words[first].start


def _before_verb(said: Utterance, start: int) -> tuple[int, int]:
    """The characters in front of the verb before `start`: "my call with sam" of "my call with sam has to move"."""
    first = next((w.start for w in said.words if w.lemma not in _IDLE or w.lemma in ("my", "the")), 0)
    before = [word for word in said.words if first <= word.start < start]
    while before and (before[-1].lemma in _ACTS or before[-1].lemma in _IDLE or before[-1].lemma in ("needs", "must")):
        before.pop()
    return (before[0].start, before[-1].end) if before else (start, start)


def referent(opened: Open | None) -> str:
    """The open meeting in words: its title, whom with, and when."""
    if opened is None or not (opened.title or opened.people or opened.start):
        return ""
    others = [name for name in opened.people if name.lower() not in opened.title.lower()]
    with_whom = f"with {' and '.join(others)}" if others else ""
    return " ".join(part for part in (opened.title, with_whom, opened.start) if part)


def _booking(said: Utterance, span: tuple[int, int], opened: Open | None) -> str:
    cut = [said.details.reason.span] if said.details.reason else []
    words = re.sub(
        r"^(?:can|could|shall|may|let'?s) (?:(?:we|i|you|us) )?(?:please )?(?:do|have|hold|make|get) "
        r"|^it (?:to|for) |^(?:say )?(?:no|yes) to |\b(?:back|by|forward)$",
        "",
        meeting.booking_words(said, span, cut),
    ).strip()
    words = _WISH.sub("", words)
    if meeting.is_reference(words) and (known := referent(opened)):
        return known
    return "" if words.lower() in ("it", "that", "this", "them") else words


def cancel(said: Utterance, opened: Open | None = None) -> Call:
    """A booking to be cancelled."""
    line = said.line
    rest = _REST.search(said.text) or (_FOLLOWING.search(line) and not _SERIES.search(line))
    whole = _SERIES.search(line) or _WHOLE_SERIES.search(said.text) or _EVERY.search(said.text)
    scope = "following" if rest else "all" if whole else None
    reason = said.details.reason.value if said.details.reason else ""
    span = _after_verb(said)
    booking = _booking(said, span, opened)
    if opened is None and meeting.is_reference(booking) and span[0] > 0:
        booking = _spoken_of(said, span[0]) or booking
    return Call("cancel", _filled(booking=booking, reason=reason, scope=scope))


def respond(said: Utterance, intent: Intent, opened: Open | None = None) -> Call:
    """A request to be accepted or declined."""
    answer = "accept" if intent is Intent.ACCEPT else "decline"
    reason = said.details.reason.value if said.details.reason else ""
    return Call("respond", _filled(booking=_booking(said, _after_verb(said), opened), answer=answer, reason=reason))


def move(said: Utterance, opened: Open | None = None) -> Call:
    """A booking to be moved: the words for it, and the words for the new time."""
    if (both := moving.swapped(said)) is not None:
        people = " and ".join(names(said))
        new, old = (said.text[first:last] for first, last in both)
        return Call("move", _filled(booking=" ".join(filter(None, (people and f"meeting with {people}", old))), to=new))
    start, end = _after_verb(said)
    which, to = moving.split_move(said, start, end)
    if not said.text[which[0] : which[1]].strip(" ,.") and start > 0:
        which = _before_verb(said, start)
    reason = said.details.reason.value if said.details.reason else ""
    if found := _ANOTHER_TIME.match(said.text):
        which, to = (found.end(), len(said.text)), ""
    booking = _booking(said, which, opened)
    if opened is None and meeting.is_reference(booking) and start > 0:
        booking = _spoken_of(said, start) or booking
    return Call("move", _filled(booking=booking, to=to, reason=reason))


def _spoken_of(said: Utterance, end: int) -> str:
    """The meeting spoken of before the request: "I can't do Wednesday with Sam, can we move it?"."""
    people = [person.name for person in said.people if person.span[1] <= end]
    times = [said.text[start:last] for start, last in said.times if last <= end]
    return " ".join(filter(None, ("meeting with " + " and ".join(people) if people else "", *times)))


def ring(said: Utterance) -> Call:
    """A call for a team right now; the problem in the person's words."""
    team = next((person.name for person in said.people if person.role), "")
    team = re.sub(r"^(?:the|my|our|your)\s+|\s+team$", "", team, flags=re.I)
    if not team and (found := _TEAM.search(said.text)):
        word = found.group(1).split()[-1]
        team = word if word.lower() not in ("the", "a", "my", "our", "your", "whole") else ""
    if not team and (among := _SOMEBODY_OF.search(said.text) or _RUNG.search(said.text)):
        team = among[1]
    return Call("ring_team", _filled(team=team, problem=said.text.strip()))
