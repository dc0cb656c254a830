# ruff: noqa: E501  (word tables)
"""Dutch words of time; keys without accents (the tokenizer folds them)."""

from typing import Any

_ONES = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_TEENS = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
_TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig"}


def _numbers() -> dict[Any, str]:
    words = dict(enumerate(_ONES + _TEENS))
    words |= _TENS
    for tens, word in _TENS.items():
        words |= {tens + n: f"{_ONES[n]}en{word}" for n in range(1, 10)}
    words[2] += " paar een_paar beide"
    words[3] += " enkele enige meerdere verscheidene"
    words[1.5] = "anderhalf anderhalve"  # type: ignore[index]
    words[2.5] = "tweeeneenhalf tweeenhalf"  # type: ignore[index]
    del words[1]
    return {1: "een_stuk", **words}


def _ordinals() -> dict[Any, str]:
    words = {n: w + "de" for n, w in enumerate(_ONES + _TEENS) if n}
    words |= {1: "eerste", 3: "derde", 8: "achtste"}
    words |= {n: w + "ste" for n, w in _numbers().items() if isinstance(n, int) and n >= 20}
    return {n: w for n, w in words.items() if 1 <= n <= 31}


OPTIONS: dict[str, Any] = {
    "day_first": True,
    "ordinal_suffixes": "e de ste",
    "half_before": True,
    "compounds": True,
    "counted": "personen mensen plaatsen gasten euro keer stuks kamers deelnemers",
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": _numbers(),
    "ORD": _ordinals(),
    "WD": {
        0: "maandag ma maan", 1: "dinsdag di dins", 2: "woensdag wo woe woens", 3: "donderdag do don", 4: "vrijdag vr vrij",
        5: "zaterdag za zat", 6: "zondag zo zon",
    },
    "WDS": {
        (0,): "maandags", (1,): "dinsdags", (2,): "woensdags", (3,): "donderdags", (4,): "vrijdags", (5,): "zaterdags",
        (6,): "zondags", (0, 1, 2, 3, 4): "werkdagen weekdagen doordeweeks",
    },
    "MON": {
        1: "januari jan", 2: "februari feb", 3: "maart mrt", 4: "april apr", 5: "mei", 6: "juni jun", 7: "juli jul",
        8: "augustus aug", 9: "september sep sept", 10: "oktober okt", 11: "november nov", 12: "december dec",
    },
    "UNIT": {
        "second": "seconde seconden sec secondes", "minute": "minuut minuten min", "hour": "uren",
        "day": "dag dagen", "week": "week weken", "month": "maand maanden", "year": "jaar jaren",
        "weekend": "weekend weekeinde weekends", "quarter": "kwartaal kwartalen", "night": "nachten", "workday": "werkdag",
        "fortnight": "veertien_dagen_tijd", "workweek": "werkweek",
    },
    "LENW": {15: "kwartier", 30: "half_uur halfuur half_uurtje", 45: "drie_kwartier", 90: "anderhalf_uur"},
    "QTR": {1: "kwart kwartier_uur"},
    "HALF": {1: "half halve"},
    "REL": {
        0: "vandaag", 1: "morgen", -1: "gisteren", 2: "overmorgen", -2: "eergisteren",
        "nextday": "de_volgende_dag volgende_dag dag_erna de_dag_erna de_dag_daarna de_dag_daarop",
    },
    "TONIGHT": {
        "evening": "vanavond deze_avond", "morning": "vanmorgen vanochtend deze_ochtend deze_morgen",
        "afternoon": "vanmiddag deze_middag", "night": "vannacht deze_nacht",
    },
    "PART": {
        "earlymorning": "vroege_ochtend vroeg_in_de_ochtend s_morgens_vroeg",
        "morning": "ochtend ochtends morgens 's_morgens 's_ochtends s_ochtends s_morgens voormiddag ochtenden",
        "latemorning": "late_ochtend",
        "lunch": "lunch lunchtijd lunchuur",
        "afternoon": "middag namiddag middags 's_middags s_middags middagen",
        "lateafternoon": "late_middag",
        "evening": "avond avonds 's_avonds s_avonds avonden",
        "night": "nacht nachts 's_nachts s_nachts",
    },
    "NOON": {12: "middaguur twaalf_uur_s_middags", 0: "middernacht"},
    "SEASON": {"spring": "lente voorjaar", "summer": "zomer", "autumn": "herfst najaar", "winter": "winter"},
    "OCLK": {1: "uur u h"},
    "PAST": {1: "over"},
    "UNTIL": {1: "tot tot_en_met t/m tot_aan"},
    "AND": {1: "en maar"},
    "OR": {1: "of"},
    "THE": {1: "de het den"},
    "ON": {1: "op"},
    "AT": {1: "om"},
    "IN": {1: "in"},
    "OF": {1: "van_de van_het"},
    "FOR": {1: "voor_de_duur_van gedurende tijdens"},
    "FROM": {1: "van vanaf sinds beginnend"},
    "BETWEEN": {1: "tussen"},
    "AFTER": {"after": "na later_dan", "from": "niet_voor niet_eerder_dan"},
    "BEFORE": {"before": "voor eerder_dan", "until": "uiterlijk niet_later_dan niet_na"},
    "THIS": {1: "deze dit huidige"},
    "NEXT": {1: "volgende volgend komende komend aanstaande eerstvolgende aankomende"},
    "LAST": {1: "laatste afgelopen vorige vorig voorbije"},
    "FOLLOWING": {1: "daaropvolgende daarop"},
    "EVERY": {1: "elke elk iedere ieder"},
    "ALT": {2: "om_de_andere om_de_twee"},
    "NOT": {1: "niet geen"},
    "EXCEPT": {1: "behalve uitgezonderd"},
    "PREFER": {"prefer": "bij_voorkeur liefst idealiter", "maybe": "indien_mogelijk als_het_kan"},
    "AGO": {2: "geleden eerder"},
    "LATER": {1: "later daarna erna"},
    "FROMNOW": {1: "vanaf_nu"},
    "WITHIN": {1: "binnen binnen_de in_de_komende binnen_de_komende"},
    "ABOUT": {1: "rond ongeveer circa omstreeks tegen precies rond_de zo_rond"},
    "EARLY": {1: "begin vroeg_in"},
    "MID": {1: "midden half_"},
    "LATE": {1: "eind einde eind_van einde_van het_einde_van einde_van_de eind_van_de laat_in"},
    "NOW": {1: "nu zojuist onmiddellijk op_dit_moment nu_meteen direct"},
    "ASAP": {1: "zo_snel_mogelijk zsm"},
    "ART": {1: "een een_ 'n"},
    "EOP": {"month": "eind_van_de_maand einde_van_de_maand", "year": "eind_van_het_jaar einde_van_het_jaar"},
    "FREQ": {
        "daily": "dagelijks", "weekly": "wekelijks", "biweekly": "tweewekelijks", "monthly": "maandelijks",
        "yearly": "jaarlijks", "quarterly": "driemaandelijks",
    },
    "MOVE": {1: "verplaats verplaatsen verzet verzetten verschuif"},
    "SAME": {1: "dezelfde zelfde"},
    "TIMEWORD": {1: "tijd"},
    "CORRECT": {1: "ik_bedoel nee_wacht correctie"},
    "WEEKOF": {1: "week_van week_van_de week_vanaf"},
    "REST": {"rest": "rest_van rest_van_de de_rest_van", "later": "later_in later_deze"},
    "WORD": {1: "goede_morgen goede_middag goede_avond goeden_avond goede_nacht fijn_weekend prettig_weekend fijne_avond fijne_dag prettige_dag fijne_middag goed_weekend"},
    "HOL": {
        "christmas": "kerstmis kerst eerste_kerstdag kerstdag", "boxing-day": "tweede_kerstdag", "christmas-eve": "kerstavond",
        "new-years-eve": "oudjaar oudejaarsavond oudejaarsdag oud_en_nieuw", "new-year": "nieuwjaar nieuwjaarsdag", "easter": "pasen eerste_paasdag",
        "easter-monday": "tweede_paasdag paasmaandag", "ascension": "hemelvaart hemelvaartsdag", "pentecost": "pinksteren",
        "kings-day": "koningsdag", "liberation-nl": "bevrijdingsdag", "sinterklaas": "sinterklaas pakjesavond", "valentine": "valentijnsdag",
        "mothers-day": "moederdag", "fathers-day": "vaderdag", "good-friday": "goede_vrijdag", "halloween": "halloween",
        "all-saints": "allerheiligen", "workers-day": "dag_van_de_arbeid", "black-friday": "black_friday", "thanksgiving": "thanksgiving",
    },
}  # fmt: skip
