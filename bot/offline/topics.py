"""What a message is about: the calendar, or something this assistant does not do."""

from collections.abc import Sequence

from bot.offline.lexicon import CALENDAR, EVENTS, GENERIC, OCCASIONS
from bot.offline.words import listed

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
    train trains taxi cab uber lyft ticket tickets bus traffic directions route mileage luggage passport visa
    vaccines shots
    """
    ),
    "money": listed(
        """
    bank account balance bill credit debit transfer stock stocks price currency dollar dollars euros pound paycheck
    tax taxes w-2 pin checking savings loan rewards card wallet atm routing exchange salary cost costs expensive
    cheap buy
    """
    ),
    "facts": listed(
        """
    definition define translate capital population distance wikipedia joke jokes fact facts trivia plus minus
    subtracted times-table polynomial sucrose programmed meaning earthquake news score stars horoscope convert spell
    synonym
    """
    ),
    "contact details": listed(
        """
    email emails e-mail website url address tweet twitter facebook sms text message messages number rating
    """
    ),
    "alarms and devices": listed(
        """
    alarm alarms timer timers stopwatch battery settings accent ram computer wifi bluetooth camera screen factory
    playlist gas car-keys
    """
    ),
}
_SURE = listed(
    """
    meeting appointment event calendar schedule agenda booking reservation invite invitation
    """
)
MEETINGS = frozenset(("meeting", "appointment", "event", "booking", "call", "session", "reservation"))
"""Nouns whose plural asks for a list."""


def foreign(lemmas: Sequence[str]) -> str | None:
    """The topic of a message this assistant has nothing to do with; None when the calendar is its subject."""
    if any(lemma in _SURE for lemma in lemmas):
        return None
    for lemma in lemmas:
        for topic, words in _FOREIGN.items():
            if lemma in words:
                return topic
    return None


def has_event(lemmas: Sequence[str]) -> bool:
    """Whether a meeting or an occasion is named."""
    return any(lemma in EVENTS or lemma in GENERIC for lemma in lemmas)


def has_calendar(lemmas: Sequence[str]) -> bool:
    """Whether the calendar itself is named."""
    return any(lemma in CALENDAR for lemma in lemmas)


def is_event(lemma: str) -> bool:
    """Whether the word names a meeting or an occasion."""
    return lemma in EVENTS or lemma in GENERIC or lemma in OCCASIONS
