# ruff: noqa: E501  (word tables)
"""German words of time; keys without umlauts and sharp s (the tokenizer folds them)."""

from typing import Any

_ONES = ["null", "ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"]
_TEENS = ["zehn", "elf", "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"]
_TENS = {20: "zwanzig", 30: "dreissig", 40: "vierzig", 50: "funfzig"}
_INFLECTED = ("e", "en", "er", "es", "em")


def _numbers() -> dict[Any, str]:
    words: dict[Any, str] = dict(enumerate(_ONES + _TEENS))
    words[1] = "eins"
    words |= _TENS
    for tens, word in _TENS.items():
        words |= {tens + n: f"{_ONES[n]}und{word}" for n in range(1, 10)}
    words[2] += " zwo beiden paar einem_paar ein_paar"
    words[3] += " einige mehrere wenige"
    words[1.5] = "anderthalb eineinhalb ein_einhalb"
    words[2.5] = "zweieinhalb zwei_ein_halb"
    words[3.5] = "dreieinhalb"
    words[4.5] = "viereinhalb"
    words[5.5] = "funfeinhalb"
    return words


def _ordinals() -> dict[Any, str]:
    stems = {n: w + "t" for n, w in enumerate(_ONES + _TEENS) if n > 1}
    stems |= {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    stems |= {n: w + "st" for n, w in _numbers().items() if isinstance(n, int) and n >= 20}
    stems |= {n: "ein" + w[3:] for n, w in stems.items() if n in (21, 31) and w.startswith("einsund")}
    return {n: " ".join(stem + end for end in _INFLECTED) for n, stem in stems.items() if 1 <= n <= 31}


def _all(*stems: str) -> str:
    return " ".join(stem + end for stem in stems for end in _INFLECTED)


OPTIONS: dict[str, Any] = {
    "day_first": True,
    "ordinal_suffixes": "te ten ter tes",
    "dot_ordinals": True,
    "half_before": True,
    "compounds": True,
    "counted": "personen leute gaste teilnehmer menschen platze stuck euro prozent grad kilometer meter mal zimmer",
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": _numbers(),
    "ORD": _ordinals(),
    "WD": {
        0: "montag mo", 1: "dienstag di", 2: "mittwoch mi", 3: "donnerstag do", 4: "freitag fr",
        5: "samstag sonnabend sa", 6: "sonntag so",
    },
    "WDS": {
        (0,): "montags", (1,): "dienstags", (2,): "mittwochs", (3,): "donnerstags", (4,): "freitags",
        (5,): "samstags sonnabends", (6,): "sonntags", (0, 1, 2, 3, 4): "werktags wochentags",
    },
    "MON": {
        1: "januar jan janner", 2: "februar feb feber", 3: "marz mar mrz", 4: "april apr", 5: "mai", 6: "juni jun",
        7: "juli jul", 8: "august aug", 9: "september sep sept", 10: "oktober okt", 11: "november nov",
        12: "dezember dez",
    },
    "UNIT": {
        "second": "sekunde sekunden sek", "minute": "minute minuten min", "hour": "stunde stunden std",
        "day": "tag tage tagen tages tg", "week": "woche wochen kw kalenderwoche", "month": "monat monate monaten monats",
        "year": "jahr jahre jahren jahres", "weekend": "wochenende wochenenden wochenend", "quarter": "quartal quartals quartale",
        "workday": "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen", "night": "nachte nachten",
        "workweek": "arbeitswoche",
    },
    "LENW": {15: "viertelstunde", 30: "halbe_stunde halben_stunde halbstunde", 45: "dreiviertelstunde"},
    "QTR": {1: "viertel", 3: "dreiviertel"},
    "HALF": {1: "halb halbe halben halbes"},
    "REL": {
        0: "heute", 1: "morgen", -1: "gestern", 2: "ubermorgen", -2: "vorgestern",
        "nextday": "am_nachsten_tag tags_darauf am_tag_danach",
    },
    "TONIGHT": {
        "evening": "heute_abend heut_abend", "morning": "heute_morgen heute_fruh heute_vormittag",
        "afternoon": "heute_nachmittag", "night": "heute_nacht", "lunch": "heute_mittag",
    },
    "PART": {
        "earlymorning": "fruhmorgens fruhen_morgen",
        "morning": "morgens fruh vormittag vormittags am_morgen jeden_morgen in_der_fruh vormittage",
        "lunch": "mittagessen mittag mittags zu_mittag mittagszeit mittagspause",
        "earlyafternoon": "fruhen_nachmittag",
        "afternoon": "nachmittag nachmittags nachmittage",
        "lateafternoon": "spaten_nachmittag",
        "evening": "abend abends abende feierabend",
        "night": "nacht nachts",
    },
    "NOON": {12: "zwolf_uhr_mittags", 0: "mitternacht mitternachts"},
    "SEASON": {"spring": "fruhling fruhjahr", "summer": "sommer", "autumn": "herbst", "winter": "winter"},
    "OCLK": {1: "uhr h"},
    "PAST": {1: "nach_minuten"},
    "UNTIL": {1: "bis bis_zum bis_zu bis_um bis_einschliesslich"},
    "AND": {1: "und aber sowie"},
    "OR": {1: "oder beziehungsweise bzw"},
    "THE": {1: "der die das den dem des"},
    "ON": {1: "am an zum zu zur"},
    "AT": {1: "um"},
    "IN": {1: "in im ins"},
    "FOR": {1: "fur auf wahrend"},
    "FROM": {1: "von vom ab seit beginnend ab_dem fruhestens fruhstens von_dem"},
    "BETWEEN": {1: "zwischen"},
    "AFTER": {"after": "nach nach_dem nach_der spater_als", "from": "nicht_vor"},
    "BEFORE": {"before": "vor vor_dem fruher_als vorm", "until": "spatestens nicht_nach"},
    "THIS": {1: "diese dieser dieses diesen diesem heutigen"},
    "NEXT": {1: _all("nachst", "kommend")},
    "AFTERNEXT": {1: _all("ubernachst") + " nach_dem_nachsten nach_der_nachsten"},
    "LAST": {1: _all("letzt", "vergangen", "vorig")},
    "FOLLOWING": {1: _all("folgend", "darauffolgend")},
    "EVERY": {1: "jeden jede jedes jeder jedem immer alle"},
    "ALT": {2: "jeden_zweiten jede_zweite jedes_zweite"},
    "NOT": {1: "nicht kein keine keinen"},
    "NEG": {1: "niemals"},
    "EXCEPT": {1: "ausser nur_nicht aber_nicht ausgenommen bis_auf"},
    "PREFER": {"prefer": "bevorzugt am_liebsten idealerweise vorzugsweise lieber", "maybe": "wenn_moglich falls_moglich"},
    "LATER": {1: "spater danach darauf"},
    "AGO": {2: "fruher zuvor"},
    "FROMNOW": {1: "ab_jetzt von_jetzt_an"},
    "WITHIN": {1: "innerhalb_von innerhalb_der innerhalb binnen innerhalb_der_nachsten in_den_nachsten"},
    "ABOUT": {1: "gegen ungefahr etwa circa ca rund so in_etwa genau punkt irgendwann"},
    "EARLY": {1: "anfang"},
    "MID": {1: "mitte"},
    "LATE": {1: "ende spat"},
    "NOW": {1: "jetzt sofort gerade_jetzt im_moment aktuelle_uhrzeit momentan"},
    "ASAP": {1: "so_bald_wie_moglich schnellstmoglich baldmoglichst"},
    "ART": {1: "ein eine einen einem einer eines"},
    "EOP": {"day": "feierabend tagesende", "month": "monatsende ende_des_monats am_ende_des_monats", "week": "wochenende_der_woche"},
    "FREQ": {
        "daily": "taglich", "weekly": "wochentlich", "biweekly": "zweiwochentlich vierzehntagig",
        "monthly": "monatlich", "yearly": "jahrlich", "quarterly": "vierteljahrlich quartalsweise",
    },
    "MOVE": {1: "verschiebe verschieben verlege verlegen"},
    "SAME": {1: "gleiche selbe zur_gleichen"},
    "TIMEWORD": {1: "zeit"},
    "CORRECT": {1: "ich_meine nein_warte doch_lieber korrektur entschuldigung"},
    "WEEKOF": {1: "woche_vom woche_von woche_ab woche_des woche_um_den"},
    "REST": {"rest": "rest rest_der rest_des", "later": "spater_in spater_im"},
    "WORD": {1: "guten_morgen guten_abend guten_tag guten_nachmittag gute_nacht schonen_abend schonen_tag schones_wochenende schonen_nachmittag schone_woche schonen_feierabend sehr_fruh zu_fruh frohe_weihnachten frohe_ostern"},
    "HOL": {
        "christmas": "weihnachten weihnachtstag erster_weihnachtstag", "christmas-eve": "heiligabend heilig_abend",
        "new-years-eve": "silvester sylvester", "new-year": "neujahr neujahrstag", "easter": "ostern ostersonntag",
        "easter-monday": "ostermontag", "good-friday": "karfreitag", "pentecost": "pfingsten pfingstsonntag",
        "pentecost-monday": "pfingstmontag", "ascension": "christi_himmelfahrt himmelfahrt vatertag",
        "corpus-christi": "fronleichnam", "all-saints": "allerheiligen", "german-unity": "tag_der_deutschen_einheit",
        "workers-day": "tag_der_arbeit", "carnival-sunday": "fastnachtssonntag", "carnival-monday": "rosenmontag",
        "shrove-tuesday": "faschingsdienstag", "ash-wednesday": "aschermittwoch", "mothers-day": "muttertag",
        "valentine": "valentinstag", "halloween": "halloween", "st-nicholas": "nikolaus nikolaustag",
        "epiphany": "heilige_drei_konige", "reformation": "reformationstag", "totensonntag": "totensonntag ewigkeitssonntag",
        "boxing-day": "zweiter_weihnachtstag", "maundy-thursday": "grundonnerstag", "palm-sunday": "palmsonntag",
    },
}  # fmt: skip
