"""What a message is about: the calendar, or something this assistant does not do."""

from collections.abc import Sequence

from bot.offline.lexicon import CALENDAR, EVENTS, KINDS
from bot.offline.words import Word, listed

_FOREIGN: dict[str, frozenset[str]] = {
    "the weather": listed(
        """
    weather forecast temperature temp rain raining rainy snow snowing sunny cloudy storm storming stormy windy
    windspeed humid humidity hot cold cooler hotter colder warmer warm degrees fahrenheit farenheight celsius uv
    uvindex haboob umbrella hail hurricane tornado sunrise sunset foggy chilly
    """
    ),
    "music and media": listed(
        """
    play song songs music playlist album podcast podcasts radio station artist lyrics audiobook audio-book volume
    louder speaker speakers track tune band netflix youtube spotify movies-showtimes singer rewind pause
        playing showtimes headlines headline
        """
    ),
    "the home": listed(
        """
    light lights lamp lighting thermostat vacuum roomba robot plug socket tv television heater brightness dim
    chandelier hoover oven laundry dust iot wemo bulb
    """
    ),
    "food": listed(
        """
    recipe recipes ingredient ingredients cook calories restaurant restaurants takeout menu waiter pizzas pizza
    casserole chicken shawarma sushi curry dominoes burger cuisine dish
    """
    ),
    "travel": listed(
        """
    train trains taxi cab uber lyft ticket tickets bus traffic directions route mileage luggage commute passport visa
    vaccines shots
        hotel hotels airbnb near nearby town airline airlines
        """
    ),
    "money": listed(
        """
    bank account balance bill credit debit transfer stock stocks price currency dollar dollars euros pound paycheck
    tax taxes w-2 pin checking savings loan rewards card wallet atm routing exchange salary cost costs expensive
    cheap buy
        package parcel shipping bill tires tire oil mpg fuel
        """
    ),
    "facts": listed(
        """
    definition define translate capital population distance wikipedia joke jokes fact facts trivia plus minus
    subtracted times-table polynomial sucrose programmed meaning earthquake news score stars horoscope convert spell
    synonym
        riddle coin dice
        """
    ),
    "contact details": listed(
        """
    email emails e-mail website url address tweet twitter facebook sms text message messages number rating
        name location nickname age phone
        """
    ),
    "alarms and devices": listed(
        """
    alarm alarms timer timers stopwatch battery settings accent ram computer wifi bluetooth camera screen factory
    playlist gas car-keys
        wake machine flashlight
        """
    ),
    "files and software": listed(
        """
    file files folder document documents image images photo photos picture pictures background font readme codebase
    branch branches repo repository script scripts cache cookies database databases cron pipeline pipelines deployment
    deployments server servers variable function spreadsheet row rows column columns paragraph slide slides pdf page
    pages app apps ad ads popup tab tabs users log logs token tokens html css json git commit merge rebase docker
    release tag build builds feature bug bugs patch staging prod version
    """
    ),
    "orders and subscriptions": listed(
        """
    subscription subscriptions netflix amazon membership insurance culture apology apologies refund
    invoice invoices purchase cart coupon contract lease
    """
    ),
}
_SURE = listed(
    """
    meeting appointment event calendar schedule agenda booking invite invitation
    """
)
MEETINGS = frozenset(("meeting", "appointment", "event", "booking", "call", "session", "reservation"))
"""Nouns whose plural asks for a list."""
_ABOUT_THE_ACCOUNT = frozenset(("type", "types", "limit", "limits", "link", "links", "hours"))
_LISTED = frozenset(("shopping", "grocery", "do", "my", "todo", "wish", "a", "the", "new", "to-do"))


def foreign(lemmas: Sequence[str]) -> str | None:
    """The topic of a message this assistant has nothing to do with; None when the calendar is its subject."""
    if any(lemma in _SURE and not (lemma == "schedule" and _is_verb(lemmas, at)) for at, lemma in enumerate(lemmas)):
        return None
    if any(lemma == "list" and at and lemmas[at - 1] in _LISTED for at, lemma in enumerate(lemmas)):
        return "shopping and to-do lists"
    if any(lemma in ("pto", "grocery", "groceries") for lemma in lemmas):
        return "that"
    for lemma in lemmas:
        for topic, words in _FOREIGN.items():
            if lemma in words:
                return topic
    return None


BESIDE_A_MEETING = frozenset(("files and software", "orders and subscriptions"))
"""Topics a meeting can be about: only what is done to such a thing itself is foreign."""


def _is_verb(lemmas: Sequence[str], at: int) -> bool:
    """Whether "schedule" is what shall be done, not a calendar."""
    return at == 0 or lemmas[at - 1] not in ("my", "our", "the", "your", "on", "'s", "this", "to", "in")


def has_event(lemmas: Sequence[str]) -> bool:
    """Whether a meeting or an occasion is named; "show me" and "run" at the front are verbs."""
    return any(lemma in EVENTS and not (lemma in ("show", "run", "test") and at < 2) for at, lemma in enumerate(lemmas))


def has_meeting(words: Sequence[Word]) -> bool:
    """Whether a meeting is spoken of by one of the plain nouns for it."""
    after = [word.lemma for word in words[1:]] + [""]
    return any(
        word.lemma in MEETINGS | KINDS and then not in _ABOUT_THE_ACCOUNT
        for word, then in zip(words, after, strict=True)
    )


def has_calendar(lemmas: Sequence[str]) -> bool:
    """Whether the calendar itself is named."""
    return any(lemma in CALENDAR for lemma in lemmas)
