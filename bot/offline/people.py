"""Who is named in a message: mentions, addresses and names where a name belongs."""

from collections.abc import Sequence

from bot.offline.lexicon import CALENDAR, EVENTS, GENERIC, OCCASIONS
from bot.offline.names import LISTING, Names, Person
from bot.offline.topics import MEETINGS
from bot.offline.vocabulary import ROLES, TITLES, plain
from bot.offline.words import Span, Word, listed

_WITH = frozenset(("with", "w/"))
_INVITING = frozenset(("invite", "cc", "bcc", "loop", "include"))
_MEETING = frozenset(("meet", "meeting", "see", "seeing", "met", "catch", "join", "joining"))
_WISHING = frozenset(("get", "need", "reserve", "catch"))
_TAKING = listed(
    "borrow steal book grab get catch schedule reserve meet ping need call phone dial pencil squeeze block"
)
_OWNED = listed("free availability next opening slot office-hours week day")
_BELONGINGS = listed("supervisor office email address phone number reports skip manager boss team")
_DESCRIBED = frozenset(("invited", "included", "added", "coming", "free", "busy", "around", "available"))
_STATE = listed(
    """
    free busy around open have has had available going coming attend invited included able do make meet join at
    up there work booked got talk chat be present look looking looks doing overlap reachable online seeing ok okay
    good out part
    time know
    accepted declined
    respond confirmed meeting seeing accept decline confirm reply replied cancel approve
    """
)
_AUXILIARY = listed(
    """
    is are was does did do can could will would has have when's should shall
    """
)
_DIRECTORY = frozenset(("kind", "person"))
_AFTER_NAMES = frozenset((",", "and", "&", "on", "at", "?", ".", "!", "please", "to", "about", "with", "next", "this"))
_ARTICLES = frozenset(("a", "o", "the", "as", "os", "der", "die", "dem", "den", "el", "la", "il", "lo", "to"))
_OFFERED = listed(
    "consultation consult interview demo intro introduction onboarding triage check-in checkin debrief office-hours "
    "coaching follow-up followup 1:1 one-on-one"
)
"""Kinds of meetings that are booked with a person rather than about a subject."""
_TEAMS = frozenset(("support", "sales", "onboarding", "triage", "legal", "finance", "hr", "engineering"))
_FOLLOWED = frozenset(("between", "suit", "suits"))
_SPEAKING = frozenset(("talk", "speak", "chat", "connect", "listen", "reach"))


def find(words: Sequence[Word], masked: Sequence[Span]) -> list[Person]:
    """The people named, in the order of the text. `masked` are the spans about time and length."""
    names = Names(words, masked)
    for at in range(len(words)):
        _at(names, at)
    _fragment(names)
    return sorted(names.found, key=lambda person: person.span)


def _at(names: Names, at: int) -> None:
    """People that the word `at` announces."""
    word, after = names.words[at], names.lemma(at + 1)
    lemma = word.lemma
    if word.kind in ("mention", "email", "handle") or (word.kind == "url" and "cal.com/" in word.text):
        _addressed(names, at)
    elif lemma in _WITH or lemma in _FOLLOWED:
        if lemma in _WITH or not names.blocked[at]:
            _team(names, at + 1)
            names.series(_article(names, at + 1), roles=lemma in _WITH)
    elif lemma in _INVITING:
        names.series(at + 2 if after in ("in", "also") else at + 1, guest=True, roles=False)
    elif lemma in ("add", "put") and not names.blocked[at]:
        _added(names, at + 1)
    elif lemma in ("together", "san", "topic") and at:
        if one := names.group(at - 1):
            names.add(one[1])
    elif word.text == ":" and at and names.lemma(at - 1) in GENERIC:
        _object(names, at + 1)
    elif lemma in ("me", "i") and after == "," and names.is_name(at + 2, strict=True):
        if names.lemma(at + 3) in LISTING:
            _object(names, at + 2)
    elif lemma in ("ask", "tell", "let", "if", "whether", "when"):
        _messaged(names, at)
    elif lemma == "free" and at and (not word.text.isascii() or _opens(names, at)):
        _free_subject(names, at)
    elif lemma == "of" and at and names.lemma(at - 1) in ("availability", "free", "calendar", "schedule", "slot"):
        names.series(at + 1)
    elif _asks_about(names, at):
        names.series(at + 1, roles=lemma == "to")
    elif lemma == "for" and at:
        _for(names, at)
    elif lemma in ("can", "could") and at and after in ("both", "all", "meet", "do", "make", "talk"):
        _listed_before(names, at)
    elif lemma in ("chance", "way", "possibility") and at:
        _messaged(names, at)
    elif lemma == "from" and after in _TEAMS:
        names.add(Person(names.words[at + 1].text, (names.words[at + 1].start, names.words[at + 1].end), role=True))
    elif lemma == "from" and names.lemma(at - 1) in ("someone", "somebody", "anyone", "anybody") and names.role(at + 1):
        names.series(at + 1)
    elif lemma == "from" and at and (names.lemma(at - 1) in ("time", "minutes", "hour") or names.blocked[at - 1]):
        _object(names, at + 1)
    elif lemma in ("'s", "s") and at:
        _owner(names, at)
    elif lemma in _MEETING and names.lemma(at - 1) not in ("the", "a", "my", "this", "that"):
        _object(names, at + 1)
    elif lemma in _TAKING:
        _taken(names, at + 1)
    elif lemma in ("have", "get") and names.lemma(at + 2) in ("meet", "call", "talk", "speak", "join", "chat"):
        if names.lemma(at + 3) in ("me", "us", "to", "with") and names.is_name(at + 1, strict=True):
            names.series(at + 1, roles=False)
    elif lemma in ("me", "myself", "i") and after in ("and", "&", "+", "n"):
        _object(names, at + 2)
    elif lemma in _AUXILIARY:
        _subject(names, at + 1)
    if lemma == "are" and after in _DESCRIBED:
        _listed_before(names, at)
    state = names.lemma(at + 2) if after == "it" else after
    before = at and ((lemma in ("is", "are") and state in _DESCRIBED) or (lemma == "and" and after in ("i", "me")))
    if before and lemma == "and":
        _listed_before(names, at)
    elif before and (one := names.group(at - 1)):
        names.add(one[1])
    if lemma in _OFFERED and names.is_name(at + 1, strict=True) and _closes(names, at + 2):
        _object(names, at + 1)


def _closes(names: Names, at: int) -> bool:
    """Whether the message, or what is said of the people, ends here."""
    return at >= len(names.words) or names.blocked[at] or names.words[at].is_mark


def _team(names: Names, at: int) -> None:
    """ "triage with support": a team named like its work, and nothing it is the beginning of ("support staff")."""
    end = at + 1
    closes = end >= len(names.words) or names.blocked[end] or names.words[end].is_mark
    if names.lemma(at) in _TEAMS and (
        closes or names.lemma(end) in ("on", "at", "for", "about", "to", "please", "and")
    ):
        names.add(Person(names.words[at].text, (names.words[at].start, names.words[at].end), role=True))


def _article(names: Names, at: int) -> int:
    """Behind the article other languages put before a name: "com a Bailey", "con la Lena"."""
    article = names.lemma(at) in _ARTICLES and names.words[at].text.lower() not in ("the", "an")
    return at + 1 if article and at + 1 < len(names.words) and _capital_only(names, at + 1) else at


def _listed_before(names: Names, at: int) -> None:
    """ "Jamie and Adam are coming": the people in front of a plural."""
    first = at
    while first > 0 and (names.is_name(first - 1, strict=True) or names.lemma(first - 1) in LISTING):
        first -= 1
    while first < at and names.lemma(first) in LISTING:
        first += 1
    names.series(first, roles=False)


def _free_subject(names: Names, at: int) -> None:
    """ "sam明天有空吗": the name in front of the time that is asked about."""
    while at > 0 and (names.blocked[at - 1] or names.lemma(at - 1) in ("when", "what", "topic", "-")):
        at -= 1
    if at and (one := names.group(at - 1)):
        names.add(one[1])


def _opens(names: Names, at: int) -> bool:
    """Whether the message begins with a name right in front of this word: "bailey free tomorrow?"."""
    before = [names.lemma(i) for i in range(at - 1)]
    return names.is_name(at - 1, strict=True) and all(b in ("hello", ",", "is", "and", "so", "!") for b in before)


def _messaged(names: Names, at: int) -> None:
    """ "ask sam if he has time", "tell bailey I want to meet", "whether lena has time"."""
    one = names.group(at + 1)
    asked = names.lemma(at) in ("if", "whether", "chance", "way", "possibility", "when")
    followers = _AUXILIARY if asked else ("if", "whether", "when", "i", "that", "to", "know", "about", "we")
    if one and names.lemma(one[0]) in followers:
        names.series(at + 1, roles=False)


def _asks_about(names: Names, at: int) -> bool:
    """Whether a person is asked about right behind: "what about sam", "talk to sam", "è libero Sam"."""
    lemma, before = names.lemma(at), names.lemma(at - 1) if at else ""
    if lemma == "about":
        return before in ("what", "how") and not names.blocked[at]
    if lemma == "free":
        return before == "is" and names.words[at - 1].text.lower() != "is"
    return lemma == "to" and before in _SPEAKING


def _addressed(names: Names, at: int) -> None:
    """A mention, an address or a link; behind "invite" or "cc" it is a guest."""
    if one := names.group(at):
        behind = [names.lemma(i) for i in range(at + 1, at + 4)]
        guest = "guest" in behind and "as" in behind
        guest = guest or any(w.lemma in _INVITING or w.lemma == "guest" for w in names.words[max(0, at - 6) : at])
        names.add(Person(one[1].name, one[1].span, guest))


def _capital_only(names: Names, at: int) -> bool:
    one = names.group(at)
    return bool(one) and (names.words[at].capital or names.words[at].kind != "word" or names.words[at].lemma in TITLES)


def _added(names: Names, at: int) -> None:
    """ "add Barack to the meeting", "put Brandon on the list"; not "add lunch to my calendar"."""
    end, people = at, 0
    while (one := names.group(end)) is not None:
        end, people = one[0], people + 1
        while names.lemma(end) in LISTING:
            end += 1
    while names.lemma(end) in ("also", "too", ".", "!", "?", "please"):
        end += 1
    to = end < len(names.words) and names.lemma(end) in ("to", "on", "into") and not names.blocked[end]
    purpose = end < len(names.words) and names.blocked[end] and names.lemma(end) in ("to", "about", "for")
    target = [names.lemma(at) for at in range(end + 1, min(end + 7, len(names.words)))]
    joined = to and not set(target) & CALENDAR and (set(target) & (EVENTS | GENERIC) or names.words[at].capital)
    if people and (end >= len(names.words) or purpose or joined):
        names.series(at, guest=True, roles=False)


def _for(names: Names, at: int) -> None:
    """ "a meeting for Kim and Sara", but not "for Montana" or "for the team"."""
    noun_before = (
        names.lemma(at - 1) == "."
        or names.lemma(at - 1) in EVENTS
        or names.lemma(at - 1) in GENERIC
        or names.blocked[at - 1]
    )
    if names.lemma(at + 1) in ("me", "myself", "us") and names.lemma(at + 2) in LISTING:
        names.series(at + 3, roles=False)
        return
    end = names.group(at + 1)
    if not end or names.lemma(end[0]) == "'s":
        return
    follows = names.lemma(end[0]) in _AFTER_NAMES or end[0] >= len(names.words) or names.blocked[end[0]]
    lower = follows and names.is_name(at + 1, strict=True) and not names.lemma(at + 1).endswith("ing")
    timely = names.lemma(at - 1) in ("time", "find-time", "slot", "work", "ok", "good", "fine", "suitable")
    if (noun_before and _capital_only(names, at + 1)) or (lower and (noun_before or timely)):
        names.series(at + 1, roles=False)


def _owner(names: Names, at: int) -> None:
    """ "bailey's availability", "Sam's manager"; not "Jeff's wedding"."""
    after = names.lemma(at + 1)
    if names.lemma(at - 1) in ("what", "where", "how", "when"):
        _subject(names, at + 1)
        return
    theirs = after in ROLES | _BELONGINGS | GENERIC and names.words[at - 1].capital
    many = after in MEETINGS and names.words[at + 1].text.lower().endswith("s")
    timely = at + 1 < len(names.words) and (names.blocked[at + 1] or (after == "time" and "of" in names.lemmas(at)))
    theirs = theirs or (timely and names.is_name(at - 1, strict=True))
    if not theirs and not many and after not in CALENDAR | _OWNED:
        return
    first = at - 1
    while first > 0 and names.is_name(first - 1) and names.words[first - 1].capital:
        first -= 1
    if one := names.group(first):
        names.add(one[1])


def _object(names: Names, at: int) -> None:
    """ "meet bailey", "see Kristen Clifford"."""
    one = names.group(at)
    if one and not (names.words[at].kind == "word" and names.lemma(one[0]) in EVENTS - {"meet"}):
        names.series(at, roles=False)


def _taken(names: Names, at: int) -> None:
    """ "book bailey for Friday", "can I get Bailey at 3": a name right after the verb and nothing it belongs to."""
    one = names.group(at) or names.role(at)
    if one is None or names.lemma(at) in _DIRECTORY:
        return
    end = one[0]
    if one[1].role:
        if names.lemma(end) in ("for", "on", "at", "in") or (end < len(names.words) and names.blocked[end]):
            names.add(one[1])
        return
    wishing = names.lemma(at - 1) in _WISHING and not names.words[at].capital and one[1].name[0] not in "@<"
    last = end >= len(names.words) or names.words[end].is_mark
    closing = names.blocked[end] if end < len(names.words) and wishing else last or names.blocked[end]
    if wishing and last:
        return
    if _kind_follows(names, at, end):
        names.add(Person(names.words[at].text, (names.words[at].start, names.words[at].end)))
        return
    if closing or names.lemma(end) in (
        "for",
        "on",
        "at",
        "and",
        "in",
        "instead",
        "again",
        "?",
        ".",
        "!",
        "please",
        ",",
        "this",
        "next",
    ):
        names.series(at, roles=False)


def _kind_follows(names: Names, at: int, end: int) -> bool:
    """ "book sam interview friday": a name that is no ordinary word, a kind of meeting, then the time or the end."""
    name = names.words[at]
    if end != at + 1 or plain(name.lemma) or name.lemma in OCCASIONS or name.kind != "word":
        return False
    while end < len(names.words) and names.lemma(end) in _OFFERED:
        end += 1
    closes = end >= len(names.words) or names.blocked[end] or names.words[end].is_mark
    return names.lemma(end - 1) in _OFFERED and (closes or names.lemma(end) in ("on", "at", "for", "about", "please"))


def _subject(names: Names, at: int) -> None:
    """ "is bailey free", "does sam have time", "will Tina be at the gala"."""
    if names.lemma(at) in _TEAMS and names.lemma(at + 1) in _STATE:
        names.add(Person(names.words[at].text, (names.words[at].start, names.words[at].end), role=True))
    one = names.group(at) or names.role(at)
    if one is None:
        return
    end = one[0]
    while names.lemma(end) in LISTING and (more := names.group(end + 1)):
        end = more[0]
    if names.lemma(end) in LISTING and names.lemma(end + 1) in ("i", "me"):
        end += 2
    while names.lemma(end) in ("both", "all", "each", "also"):
        end += 1
    after = names.lemma(end)
    asked = (
        names.lemma(at - 1) in ("can", "could", "does", "will")
        and names.lemma(at - 2) == "when"
        and (end >= len(names.words) or names.words[end].is_mark)
    )
    if after in _STATE or asked or (end < len(names.words) and names.blocked[end]):
        names.series(at, roles=one[1].role)


def _fragment(names: Names) -> None:
    """ "bailey tuesday 2pm": nothing but a name, a time and a length."""
    if names.found:
        return
    free = [at for at in range(len(names.words)) if not names.blocked[at] and not names.words[at].is_mark]
    fillers = ("on", "at", "for", "please", "and", "hello")
    rest = [at for at in free if names.lemma(at) not in fillers]
    timed = any(names.blocked)
    proper = all(names.words[at].capital and not plain(names.lemma(at)) for at in rest)
    if rest and len(rest) <= 3 and (timed or proper) and all(names.is_name(at) for at in rest):
        names.series(rest[0], roles=False)
