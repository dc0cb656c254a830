# ruff: noqa: E501  (word tables)
"""Italian words of time; keys without accents (the tokenizer folds them)."""

from typing import Any

_WORDS = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
]
_TENS = {20: "vent", 30: "trent", 40: "quarant", 50: "cinquant"}
_ORDINALS = [
    "prim",
    "second",
    "terz",
    "quart",
    "quint",
    "sest",
    "settim",
    "ottav",
    "non",
    "decim",
    "undicesim",
    "dodicesim",
]


def _numbers() -> dict[Any, str]:
    words = dict(enumerate(_WORDS))
    for tens, stem in _TENS.items():
        vowel = "i" if tens == 20 else "a"
        words[tens] = stem + vowel
        for n in range(1, 10):
            words[tens + n] = (stem if n in (1, 8) else stem + vowel) + _WORDS[n]
    words[1] = "un uno una"
    words[2] += " paio_di un_paio_di coppia_di"
    words[3] += " qualche pochi poche alcuni alcune diversi diverse"
    words[21] += " ventun"
    return dict(words)


OPTIONS: dict[str, Any] = {
    "day_first": True,
    "ordinal_suffixes": "o a º ª esimo",
    "elides": True,
    "cardinal_days": True,
    "counted": "persone persona posti ospiti euro volte sale sala invitati",
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": _numbers(),
    "ORD": {**{n + 1: f"{w}o {w}a {w}i {w}e" for n, w in enumerate(_ORDINALS)}, 2: "secondo seconda"},
    "WD": {
        0: "lunedi lun", 1: "martedi mar", 2: "mercoledi mer", 3: "giovedi gio", 4: "venerdi ven", 5: "sabato sab",
        6: "domenica dom",
    },
    "WDS": {(0, 1, 2, 3, 4): "giorni_feriali giorni_lavorativi", (6,): "domeniche"},
    "MON": {
        1: "gennaio gen genn", 2: "febbraio feb febb", 3: "marzo", 4: "aprile apr", 5: "maggio mag", 6: "giugno giu",
        7: "luglio lug", 8: "agosto ago", 9: "settembre set sett", 10: "ottobre ott", 11: "novembre nov",
        12: "dicembre dic",
    },
    "UNIT": {
        "second": "secondi sec", "minute": "minuto minuti min", "hour": "ora ore", "day": "giorno giorni giornata",
        "week": "settimana settimane", "month": "mese mesi", "year": "anno anni",
        "weekend": "weekend week-end fine_settimana", "quarter": "trimestre trimestri", "night": "notti",
        "workday": "giorno_lavorativo",
    },
    "LENW": {15: "quarto_d_ora quarto_d'ora", 30: "mezz_ora mezz'ora mezzora mezza_ora", 45: "tre_quarti_d_ora"},
    "QTR": {1: "quarto quarti"},
    "HALF": {1: "mezza mezzo"},
    "REL": {
        0: "oggi in_giornata", 1: "domani", -1: "ieri", 2: "dopodomani dopo_domani", -2: "l_altro_ieri altroieri avantieri",
        "nextday": "il_giorno_dopo giorno_dopo indomani",
    },
    "TONIGHT": {
        "night": "stanotte questa_notte in_nottata",
        (1, "morning"): "domattina domani_mattina",
        (1, "evening"): "domani_sera",
        "evening": "stasera questa_sera", "morning": "stamattina stamani questa_mattina",
        "afternoon": "questo_pomeriggio oggi_pomeriggio",
    },
    "PART": {
        "earlymorning": "mattina_presto mattino_presto prima_mattina prima_mattinata",
        "morning": "mattina mattino mattinata mattine",
        "lunch": "pranzo ora_di_pranzo pausa_pranzo",
        "afternoon": "pomeriggio pomeriggi",
        "lateafternoon": "tardo_pomeriggio",
        "evening": "sera serata sere",
        "latenight": "tarda_serata",
        "night": "notte",
    },
    "NOON": {12: "mezzogiorno", 0: "mezzanotte"},
    "SEASON": {"spring": "primavera", "summer": "estate", "autumn": "autunno", "winter": "inverno"},
    "OCLK": {1: "h in_punto"},
    "MINUS": {1: "meno"},
    "TO": {1: "al ad"},
    "UNTIL": {1: "fino_a fino_alle fino_al fino finche fin_al sino_a sino_alle"},
    "AND": {1: "e ed ma"},
    "OR": {1: "o oppure"},
    "THE": {1: "il lo la i gli l"},
    "OF": {1: "di del della dei dell d delle"},
    "ON": {1: "nel nella nell nei"},
    "AT": {1: "alle all a le ore_le alle_ore all_ora"},
    "IN": {1: "in fra"},
    "FOR": {1: "per per_il durante"},
    "FROM": {1: "da dal dalle dall dalla a_partire_dal a_partire_da a_partire_dalle dopo_le_ore"},
    "BETWEEN": {1: "tra tra_le fra_le tra_il fra_il"},
    "AFTER": {"after": "dopo dopo_le dopo_il successivamente passate_le"},
    "BEFORE": {"before": "prima prima_di prima_del prima_delle prima_dell", "until": "entro entro_le entro_il entro_la non_oltre"},
    "THIS": {1: "questo questa questi queste quest sto"},
    "NEXT": {1: "prossimo prossima prossimi prossime che_viene"},
    "FOLLOWING": {1: "seguente seguenti successivo successiva successivi successive"},
    "LAST": {1: "ultimo ultima ultimi ultime scorso scorsa scorsi scorse passato passata passati passate precedente"},
    "EVERY": {1: "ogni tutti_i tutte_le"},
    "NOT": {1: "non"},
    "EXCEPT": {1: "tranne eccetto salvo"},
    "PREFER": {"prefer": "preferibilmente idealmente di_preferenza", "maybe": "se_possibile"},
    "AGO": {2: "fa or_sono piu_presto"},
    "LATER": {1: "piu_tardi dopo_di_cio"},
    "WITHIN": {1: "entro_i_prossimi nei_prossimi nelle_prossime"},
    "ABOUT": {1: "circa verso verso_le intorno_alle intorno_a attorno_alle piu_o_meno"},
    "EARLY": {1: "inizio inizio_di inizi_di inizio_del"},
    "MID": {1: "meta meta_di meta_del"},
    "LATE": {1: "fine fine_di fine_del fine_della fine_dell dell_"},
    "NOW": {1: "adesso ora_stessa subito in_questo_momento proprio_adesso"},
    "ASAP": {1: "il_prima_possibile appena_possibile quanto_prima"},
    "EOP": {"day": "fine_giornata a_fine_giornata fine_della_giornata", "month": "fine_mese fine_del_mese", "year": "fine_anno fine_dell_anno la_fine_dell_anno", "week": "fine_della_settimana"},
    "FREQ": {
        "daily": "quotidianamente giornalmente quotidiano", "weekly": "settimanalmente settimanale",
        "monthly": "mensilmente mensile", "yearly": "annualmente annuale",
    },
    "MOVE": {1: "spostare sposta spostiamo rimanda rimandare cambia"},
    "SAME": {1: "stessa stesso"},
    "TIMEWORD": {1: "momento"},
    "CORRECT": {1: "voglio_dire scusa anzi"},
    "WEEKOF": {1: "settimana_del settimana_di"},
    "WORD": {1: "buon_pomeriggio buona_sera buona_serata buona_giornata buon_weekend buon_fine_settimana buona_notte buon_natale buon_anno"},
    "HOL": {
        "christmas": "natale giorno_di_natale", "christmas-eve": "vigilia_di_natale vigilia", "new-year": "capodanno primo_dell_anno",
        "new-years-eve": "san_silvestro notte_di_san_silvestro", "boxing-day": "santo_stefano", "epiphany": "epifania befana",
        "easter": "pasqua domenica_di_pasqua", "easter-monday": "pasquetta lunedi_dell_angelo", "assumption": "ferragosto",
        "workers-day": "festa_del_lavoro festa_dei_lavoratori", "liberation-it": "festa_della_liberazione",
        "republic-it": "festa_della_repubblica", "all-saints": "ognissanti tutti_i_santi", "all-souls": "giorno_dei_morti festa_dei_morti",
        "immaculate": "immacolata immacolata_concezione", "valentine": "san_valentino festa_degli_innamorati", "st-joseph": "san_giuseppe",
        "fathers-day": "festa_del_papa festa_del_babbo", "mothers-day": "festa_della_mamma", "womens-day": "festa_della_donna",
        "ides-of-march": "idi_di_marzo le_idi_di_marzo", "halloween": "halloween", "shrove-tuesday": "martedi_grasso",
        "ash-wednesday": "mercoledi_delle_ceneri", "good-friday": "venerdi_santo", "thanksgiving": "giorno_del_ringraziamento",
        "st-john": "san_giovanni", "black-friday": "black_friday", "palm-sunday": "domenica_delle_palme", "corpus-christi": "corpus_domini",
        "pentecost": "pentecoste", "ascension": "ascensione",
    },
}  # fmt: skip
