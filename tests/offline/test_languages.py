"""The basics in other languages lead to the same calls."""

from typing import Any

import pytest

from bot.offline import Text
from tests.offline.conversation import SLOTS, answer, call

SAID: list[tuple[str, str, dict[str, Any]]] = [
    (
        "Buche 15 Minuten mit Bailey am Dienstag um 14 Uhr",
        "book",
        {"people": ["Bailey"], "when": "am Dienstag um 14 Uhr", "minutes": 15},
    ),
    (
        "Kannst du einen Termin mit Sam morgen um 10 Uhr buchen?",
        "book",
        {"people": ["Sam"], "when": "morgen um 10 Uhr"},
    ),
    ("Wann hat Bailey Zeit?", "find_times", {"people": ["Bailey"]}),
    ("Was habe ich am Mittwoch?", "show_bookings", {"when": "am Mittwoch"}),
    (
        "Verschiebe mein Gespräch mit Sam auf Donnerstag 10 Uhr",
        "move",
        {"booking": "mein Gespräch mit Sam", "to": "Donnerstag 10 Uhr"},
    ),
    ("Sag meinen Termin mit Sam am Mittwoch ab", "cancel", {"booking": "meinen Termin mit Sam am Mittwoch"}),
    (
        "Réserve 30 minutes avec Bailey mardi à 14h",
        "book",
        {"people": ["Bailey"], "when": "mardi à 14h", "minutes": 30},
    ),
    ("Quand est-ce que Bailey est libre ?", "find_times", {"people": ["Bailey"]}),
    ("Annule l'appel avec Sam mercredi", "cancel", {"booking": "l'appel avec Sam mercredi"}),
    (
        "Reserva 15 minutos con Bailey el martes",
        "book",
        {"people": ["Bailey"], "when": "el martes", "minutes": 15},
    ),
    ("¿Qué tengo el miércoles?", "show_bookings", {"when": "el miércoles"}),
    ("Cancela mi llamada con Sam", "cancel", {"booking": "mi llamada con Sam"}),
    (
        "Marca uma reunião com Bailey terça-feira às 14h",
        "book",
        {"people": ["Bailey"], "when": "terça-feira às 14h"},
    ),
    (
        "Prenota una riunione con Bailey martedì alle 14",
        "book",
        {"people": ["Bailey"], "when": "martedì alle 14"},
    ),
    (
        "Verplaats mijn gesprek met Sam naar donderdag 10 uur",
        "move",
        {"booking": "mijn gesprek met Sam", "to": "donderdag 10 uur"},
    ),
    ("Zeg mijn afspraak met Sam af", "cancel", {"booking": "mijn afspraak met Sam"}),
    (
        "火曜日の午後2時にBaileyと15分の会議を予約して",
        "book",
        {"people": ["Bailey"], "when": "火曜日の午後2時", "minutes": 15},
    ),
    ("サムとの会議をキャンセルして", "cancel", {"booking": "サムとの会議"}),
]


@pytest.mark.parametrize(("text", "tool", "arguments"), SAID)
def test_a_request_is_understood(text: str, tool: str, arguments: dict[str, Any]) -> None:
    assert call(text) == (tool, arguments)


@pytest.mark.parametrize("text", ["Bitte nicht stornieren", "Hallo", "Bonjour", "Hola"])
def test_nothing_is_done_without_a_request(text: str) -> None:
    assert isinstance(answer(text), Text)


@pytest.mark.parametrize(
    ("text", "locale", "arguments"),
    [
        ("der zweite", "de-DE", {"pick": "Tue 24 Nov 2:00 PM"}),
        ("später", "de-DE", {"when": "später"}),
        ("le premier", "fr-FR", {"pick": "Tue 24 Nov 1:30 PM"}),
        ("más tarde", "es-ES", {"when": "más tarde"}),
        ("Donnerstag?", "de-DE", {"when": "Donnerstag"}),
        ("mit Sam", "de-DE", {"people": ["Sam"]}),
    ],
)
def test_follow_ups_are_understood(text: str, locale: str, arguments: dict[str, Any]) -> None:
    assert call(text, SLOTS, locale=locale) == ("adjust", arguments)
