"""The English words the grammar knows: verbs of scheduling, meeting nouns, slang, and phrases that act as one word."""

from bot.offline.words import listed

CREATE = listed(
    "book schedule setup arrange organize plan reserve pencil create make add put set block fix grab squeeze"
)
"""Verbs that make a meeting. `make`, `add`, `put` and `set` need an object that is one."""
MOVE = listed("move reschedule postpone delay shift swap switch defer rebook bump advance prepone")
CHANGE = listed("change update modify edit adjust extend shorten rename lengthen alter amend")
CANCEL = listed(
    """
        cancel delete remove erase unschedule scrap unbook scratch dismiss axe nix purge wipe discard trash
    eliminate withdraw
    """
)
ASK = listed("show list find search check view display see lookup read review tell give pull browse")
REMIND = listed("remind notify alert remember flag")
ACCEPT = listed("accept approve confirm")
DECLINE = listed("decline reject refuse")
VERBS = CREATE | MOVE | CHANGE | CANCEL | REMIND | ACCEPT | DECLINE | listed("invite meet")

GENERIC = listed(
    "meeting call chat talk sync event appointment session slot time catchup something get-together "
    "conversation one-on-one 1:1 invite invitation booking reservation entry item thing spot date discussion "
    "meet"
)
"""Nouns that mean any meeting: they name no event type."""
KINDS = listed(
    "consultation consult interview demo intro introduction onboarding triage standup stand-up retro "
    "retrospective "
    "kickoff kick-off review screening coaching mentoring discovery training workshop office-hours sync-up "
    "check-in "
    "checkin follow-up followup debrief assessment audit orientation tutoring counseling therapy walkthrough "
    "webinar "
    "brainstorm brainstorming planning lesson audition viewing inspection diagnosis advisory pairing hiring "
    "support"
)
"""Nouns that often are the name of an event type."""
OCCASIONS = listed(
    "lunch dinner breakfast brunch coffee drinks tea luncheon supper party birthday wedding anniversary game "
    "match "
    "practice class lesson course exam test flight trip vacation holiday haircut dentist doctor doctors vet "
    "gym yoga "
    "workout concert show movie rehearsal recital tournament competition conference convention seminar lecture "
    "presentation festival ceremony funeral graduation reunion picnic barbecue bbq visit tour date checkup "
    "surgery "
    "cleaning tutoring golf tennis football soccer basketball hockey baseball swimming jogging run hike "
    "dance church "
    "service errand shopping deadline shift ride delivery pickup gala fundraiser celebration ball outing "
    "getaway "
    "training webex conference-call town-hall hearing errands task engagement commitment webinar symposium "
    "activity program hangout playdate bachelor prom parade"
)
"""Nouns of things people keep in a calendar."""
EVENTS = GENERIC - listed("time something thing item spot slot talk chat") | KINDS - listed("support") | OCCASIONS
CALENDAR = listed("calendar schedule agenda diary planner itinerary")

SLANG = {
    "pls": "please", "cld": "could", "wld": "would", "shd": "should", "wid": "with", "wth": "with",
    "wiht": "with", "wtih": "with", "iwth": "with", "whit": "with",
    "plz": "please", "plse": "please", "u": "you", "ur": "your", "r": "are", "w/": "with",
    "wanna": "want to", "gonna": "going to", "gotta": "must to", "lemme": "let me", "gimme": "give me",
    "tmr": "tomorrow", "tmrw": "tomorrow", "tmw": "tomorrow", "tomo": "tomorrow", "tom": "tom",
    "2moro": "tomorrow", "tonite": "tonight",
    "mtg": "meeting", "mtgs": "meetings", "meetin": "meeting", "appt": "appointment", "appts": "appointments",
    "apt": "appointment", "sched": "schedule", "resched": "reschedule", "resch": "reschedule", "cal": "calendar",
    "mins": "minutes", "whats": "what", "wats": "what", "wat": "what", "whens": "when", "wheres": "where",
    "wher": "where", "thx": "thanks", "ty": "thanks", "thanx": "thanks", "cheers": "thanks", "asap": "asap",
    "hows": "how", "y'all": "you", "cuz": "because", "dr": "dr", "canx": "cancel", "del": "delete", "rm": "remove",
    "avail": "available", "availabilty": "availability", "lets": "let", "let's": "let", "cant": "can't",
    "dont": "don't", "wont": "won't", "isnt": "isn't", "doesnt": "doesn't", "didnt": "didn't", "im": "i",
    "ive": "i",
    "convo": "conversation", "1-1": "1:1", "1on1": "1:1", "f2f": "meeting", "vc": "call", "organise": "organize",
    "rearrange": "reschedule", "cancelation": "cancellation", "calender": "calendar", "yep": "yes", "yeah": "yes",
    "yup": "yes", "ya": "yes", "nope": "no", "nah": "no", "sup": "hello", "hiya": "hello", "hi": "hello",
    "hey": "hello", "howdy": "hello", "heya": "hello", "thanks": "thanks", "thank": "thanks", "folks": "hello",
    "can't": "can't", "cannot": "can't", "won't": "won't", "tell": "tell", "any1": "anyone", "abt": "about",
    "kk": "ok", "sum": "sum",
    "cxl": "cancel", "canc": "cancel", "cncl": "cancel", "bk": "book", "smth": "something",
    "sth": "something", "nxt": "next", "wk": "week", "thru": "through", "tho": "though", "b4": "before",
    "2day": "today",
    "2nite": "tonight", "gm": "hello", "resked": "reschedule", "rsched": "reschedule",
    "reskedule": "reschedule", "skedule": "schedule", "coz": "because", "cos": "because",
    "bday": "birthday", "snag": "grab", "nab": "grab", "huddle": "meeting",
    "apptmt": "appointment", "mve": "move", "caldendar": "calendar", "ppl": "people",
}  # fmt: skip
"""Spellings of chat, as the word they stand for."""

PHRASES = {
    "set up": "setup", "call off": "cancel", "get rid of": "delete", "take off": "remove", "take out": "remove",
    "take away": "remove", "push back": "postpone", "put off": "postpone", "bring forward": "advance",
    "pull forward": "advance", "move up": "advance", "move forward": "advance", "push out": "postpone",
    "look up": "lookup", "mind booking": "book", "book in": "book", "lock in": "book", "get me out of": "cancel",
    "get us out of": "cancel", "pull me out of": "cancel", "take me off": "cancel", "squeeze in": "squeeze",
    "slot in": "squeeze",
    "fit in": "squeeze", "pop in": "put",
    "throw in": "put", "put together": "arrange", "rain check on": "postpone", "raincheck on": "postpone",
    "kick back": "postpone", "move back": "postpone", "move out": "postpone", "slide back": "postpone",
    "look for": "find", "check on": "check", "pencil in": "pencil", "clear out": "clear",
    "clear up": "clear", "clear off": "clear", "cross off": "remove", "get out of": "cancel",
    "back out of": "cancel",
    "bail on": "cancel", "free up": "clear", "swap out": "swap", "find time": "find-time",
    "find a time": "find-time",
    "find some time": "find-time", "make time": "find-time", "find a slot": "find-time",
    "office hours": "office-hours",
    "get together": "get-together", "catch up": "catchup", "stand up": "standup", "check in": "check-in",
    "follow up": "follow-up", "sync up": "sync-up", "one on one": "1:1", "kick off": "kickoff",
    "touch base": "meet",
    "time slot": "slot", "meet up": "meet", "hook up": "setup", "work out": "workout",
    "any more": "anymore", "no longer": "no-longer", "turn down": "decline", "town hall": "town-hall",
    "push": "postpone", "drop": "drop", "sign up": "setup", "mark down": "put", "put down": "put",
    "block off": "block",
    "block out": "block", "line up": "arrange",
}  # fmt: skip
"""Several words that act as one, by lemma."""

_IRREGULAR = {
    "canceling": "cancel", "cancelling": "cancel", "cancelled": "cancelled", "canceled": "cancelled",
    "cancels": "cancel",
    "cancellation": "cancel", "rescheduling": "reschedule", "put": "put", "putting": "put", "setting": "set",
    "made": "make", "shown": "show", "found": "find", "told": "tell", "given": "give", "met": "met",
    "meets": "meet",
    "meetings": "meeting", "swapped": "swap", "planned": "planned", "scheduled": "scheduled", "booked": "booked",
    "meeting": "meeting", "bookings": "booking", "booking": "booking", "reminder": "remind", "reminders": "remind",
    "notification": "notify", "activities": "activity", "parties": "party", "matches": "match", "classes": "class",
    "calendars": "calendar", "schedules": "schedule", "lunches": "lunch", "brunches": "brunch", "entries": "entry",
    "birthdays": "birthday", "appointments": "appointment", "events": "event", "calls": "call", "rsvp": "respond",
    "responded": "respond", "response": "respond", "responding": "respond", "replied": "respond",
    "accepted": "accepted", "declined": "declined", "confirmed": "confirmed", "attendees": "attendee",
    "attending": "attend", "attends": "attend", "attended": "attend", "invited": "invited", "has": "has",
    "rescheduled": "rescheduled", "approved": "approve", "available": "free", "availability": "availability",
    "availabilities": "availability", "slots": "slot", "openings": "opening",
}  # fmt: skip


def _inflections() -> dict[str, str]:
    """Endings of the known verbs and plurals of the known nouns, to the plain form."""
    table: dict[str, str] = {}
    for verb in VERBS | ASK:
        stem = verb[:-1] if verb.endswith("e") else verb
        for form in (verb, f"{verb}s", f"{stem}ing", f"{stem}ed"):
            table.setdefault(form, verb)
    for noun in EVENTS | GENERIC | KINDS | CALENDAR:
        table.setdefault(noun, noun)
        table.setdefault(f"{noun}s", noun)
    return table | _IRREGULAR


LEMMAS = _inflections()
"""Every known surface form -> its lemma."""
