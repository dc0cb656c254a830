"""The other languages, on the same grammar; the language is told by the text unless said."""

import pytest

from .asking import ask, windows

TUESDAY_2PM = "2026-11-24 14:00"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("nächsten Dienstag um 14 Uhr", "de"),
        ("mardi prochain à 14h", "fr"),
        ("el próximo martes a las 14:00", "es"),
        ("terça-feira às 14 horas", "pt"),
        ("martedì prossimo alle 14", "it"),
        ("dinsdag om 14 uur", "nl"),
        ("火曜日の午後2時", "ja"),
        ("明天下午两点", "zh"),
        ("Tuesday at 2pm", "en"),
    ],
)
def test_one_afternoon_in_nine_languages(text: str, lang: str) -> None:
    reading = ask(text)
    assert reading.lang == lang
    assert [f"{w.start:%Y-%m-%d %H:%M}" for w in reading.windows] == [TUESDAY_2PM]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("am Dienstag um halb drei", "2026-11-24 14:30"),
        ("Dienstag Morgen", "2026-11-24 08:00/2026-11-24 12:00"),
        ("vom 3. bis 5. Dezember", "2026-12-03 00:00/2026-12-06 00:00"),
        ("am 3.12. um 15 Uhr", "2026-12-03 15:00"),
        ("übermorgen ab 10 Uhr", "2026-11-25 10:00/2026-11-26 00:00"),
        ("nächste Woche", "2026-11-30 00:00/2026-12-07 00:00"),
        ("demain matin", "2026-11-24 08:00/2026-11-24 12:00"),
        ("du 3 au 5 décembre", "2026-12-03 00:00/2026-12-06 00:00"),
        ("demain à trois heures et quart", "2026-11-24 15:15"),
        ("la semaine prochaine", "2026-11-30 00:00/2026-12-07 00:00"),
        ("mañana a las tres y media de la tarde", "2026-11-24 15:30"),
        ("el 3 de diciembre", "2026-12-03 00:00/2026-12-04 00:00"),
        ("amanhã às 10 e meia", "2026-11-24 10:30"),
        ("domani alle tre e mezza", "2026-11-24 15:30"),
        ("morgenochtend om 9 uur", "2026-11-24 09:00"),
        ("morgen om kwart over drie", "2026-11-24 15:15"),
        ("明日の午後3時半", "2026-11-24 15:30"),
        ("来週の月曜日", "2026-11-30 00:00/2026-12-01 00:00"),
        ("下周二上午", "2026-12-01 08:00/2026-12-01 12:00"),
        ("12月3号", "2026-12-03 00:00/2026-12-04 00:00"),
    ],
)
def test_own_ways_of_saying(text: str, window: str) -> None:
    assert windows(text) == [window]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Können wir über das Angebot sprechen?", "de"),
        ("Peux-tu inviter Bailey et Sam ?", "fr"),
        ("Somos quince personas en la sala 204", "es"),
        ("Quero falar com o Sam sobre o projeto", "pt"),
        ("Vorrei parlare con Bailey del contratto", "it"),
        ("Kan ik met Sam praten over het plan?", "nl"),
        ("サムと話したいです", "ja"),
        ("我想和他谈谈合同", "zh"),
    ],
)
def test_sentences_without_time_have_none(text: str, lang: str) -> None:
    assert ask(text, lang=lang).mentions == ()


def test_a_language_without_a_lexicon_is_read_by_dateparser() -> None:
    reading = ask("давайте 3 декабря 2026", lang="ru")
    assert [f"{w.start:%Y-%m-%d}" for w in reading.windows] == ["2026-12-03"]
    assert ask("совсем без времени").mentions == ()


def test_a_locale_decides_where_the_words_do_not() -> None:
    assert windows("mar 15h", locale="fr-FR") == ["2026-11-24 15:00"]
    assert windows("3.12.", locale="de-DE") == ["2026-12-03 00:00/2026-12-04 00:00"]


@pytest.mark.parametrize("text", ["as soon as possible", "asap"])
def test_as_soon_as_possible_is_english_and_open_from_now(text: str) -> None:
    assert windows(text) == ["2026-11-23 09:00/"]


GREETINGS = {
    "de": "Guten Morgen|guten Abend zusammen|schönes Wochenende!|zwei Leute kommen|um ehrlich zu sein",
    "fr": "bonjour à tous|bonne journée|bon week-end|il y a un problème|deux personnes viennent",
    "es": "buenos días|buenas tardes a todos|buen fin de semana|una persona más|de nada",
    "pt": "bom dia|boa tarde|boa noite|uma pessoa|sala 12",
    "it": "buon pomeriggio|buona sera|una persona|grazie mille",
    "nl": "goede middag|fijn weekend|een persoon|kan ik helpen",
    "ja": "おはようございます|ありがとうございます|一人で行きます",
    "zh": "早上好|晚上好|一个人|周先生在吗",
}


@pytest.mark.parametrize("lang", GREETINGS)
@pytest.mark.parametrize("told", [True, False])
def test_greetings_and_counts_are_no_times(lang: str, told: bool) -> None:
    for text in GREETINGS[lang].split("|"):
        assert ask(text, lang=lang if told else None).mentions == (), text


def test_a_greeting_before_a_time_is_none_of_it() -> None:
    assert windows("Guten Morgen, hast du Dienstag um 10 Zeit?") == ["2026-11-24 10:00"]
    assert windows("Buenos días, ¿puedes el martes a las 10?") == ["2026-11-24 10:00"]
