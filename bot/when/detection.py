# ruff: noqa: E501  (word tables)
"""Which of the nine languages a text is in: by its script, its small words, and the reader's locale."""

import re
from functools import cache

from bot.when.lexicon import LANGUAGES, lexicon
from bot.when.tokenizer import FOLD

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_JAPANESE = re.compile(r"[\u3040-\u30ff曜ヶ]|[来先今毎]週|来[月年]|週間|時間|午[前後]|明後日|昼食|四半期|以降|日間|晩")
_DOTTED = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?!\d)")  # a date as German is written
_HAN = re.compile(r"[\u4e00-\u9fff]")

# small words and names of time that tell a language from the others; a word may speak for several
_TELLING = {
    "en": "as soon possible the a an is are do does can could will would please with for at on of and my me you i it's what when meeting "
    "book schedule tomorrow today tonight next week morning afternoon evening in to from by after before until call "
    "monday tuesday wednesday thursday friday saturday sunday noon let's any how about cancel move am pm half past quarter "
    "hour hours minute minutes day days weeks month months year early late end first last this that between until every "
    "weekend weekday days later ago noon midnight now who which one two three four five six seven eight nine ten eleven "
    "we they he she not no is so get go has have had was were be been but or just need want some all our your their there "
    "here then if up out off log lunch over me us who why where free available works later "
    "twelve second third fourth fifth january february march april may june july august september october november december",
    "de": "dir mir passt hast habt hat euch auch noch können könnten wäre treffen machen geht gern lieber wieder der die das den dem ein eine ist und mit um am im vom zum für nicht bitte kann ich wir du mich uns uhr morgen heute "
    "gestern nächste nächsten nächster nächstes woche montag dienstag mittwoch donnerstag freitag samstag sonntag abend "
    "nachmittag vormittag bis nach zwischen termin früh mittag jeden übermorgen wochenende stunde stunden minuten oder januar "
    "februar märz april mai juni juli august september oktober november dezember viertel halb von kw ostern weihnachten an",
    "fr": "il y bon bonne jour on peut pourrait tu te va libre ça plutôt sauf possible en fin le la les un une des est et avec à au aux du de pour pas je nous vous demain aujourd hui hier prochain prochaine "
    "semaine lundi mardi mercredi jeudi vendredi samedi dimanche matin vers soir après midi heures heure entre avant rendez "
    "mois minutes dans ce cette mi minuit midi janvier février mars avril juin juillet août septembre octobre novembre décembre ou chez",
    "es": "podemos puedes nos vemos te va bien quedar qué tal si cuando podría tiene el la los las un una es y con a al del de para por no yo mañana hoy ayer próximo próxima semana lunes martes miércoles "
    "jueves viernes sábado domingo tarde noche hora horas entre antes después reunión que viene mes en este esta enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre quiero puedo o hasta desde en un me minutos dia ano fin",
    "pt": "podemos pode você tudo bem que tal poderia está livre o a os as um uma é e com ao do da de para por não eu amanhã hoje ontem próximo próxima semana segunda terça quarta "
    "quinta sexta feira sábado domingo tarde noite hora horas entre antes depois reunião mês em este esta no na às manhã "
    "janeiro fevereiro março abril maio junho julho setembro outubro novembro dezembro vem que fim ano mês dia minutos meia meio marcar quero ou até das",
    "it": "possiamo puoi va bene ci vediamo potremmo che ne dici sei libero da il lo la i gli le un una è e con al alle del della di per non io domani oggi ieri prossimo prossima settimana lunedì "
    "martedì mercoledì giovedì venerdì sabato domenica mattina sera pomeriggio ore ora tra fra prima dopo riunione mese "
    "in questo questa gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre vorrei dalle o",
    "nl": "fijn goede kunnen kun je past jou mij kunt zou liever vrij of de het een is en met om op in van voor niet graag kan ik wij we jij mij uur morgen vandaag gisteren volgende week "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ochtend middag avond tot na de het tussen afspraak maand dag "
    "deze half kwart over dan overmorgen weekend januari februari maart april mei juni juli september oktober november december laatste vergadering of dan half naar morgenavond morgenochtend morgenmiddag lunch vanmiddag vanavond",
}


_ENGLISH = frozenset(_TELLING["en"].split())


@cache
def _votes() -> dict[str, tuple[str, ...]]:
    """The languages each telling word speaks for."""
    votes: dict[str, tuple[str, ...]] = {}
    for lang, words in _TELLING.items():
        for word in set(words.split()):
            votes[word] = (*votes.get(word, ()), lang)
    return votes


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """The words of time of all spaced languages, without accents."""
    found: dict[str, tuple[str, ...]] = {}
    english = _lexicon_words("en")
    for lang in LANGUAGES:
        if lexicon(lang).spaced:
            for word in _lexicon_words(lang):
                if lang == "en" or word in english or word not in _ENGLISH:
                    found[word] = (*found.get(word, ()), lang)
    return found


def _lexicon_words(lang: str) -> frozenset[str]:
    """The single words of a lexicon that are worth a vote."""
    known = lexicon(lang)
    words = {w for w, (cls, _) in known.words.items() if cls not in _NO_NAMES and len(w) > 2}
    words |= {w for first, seconds in known.phrases.items() for w in (first, *seconds) if len(w) > 2}
    if known.compounds:  # "donnerstagnachmittag"
        parts = [w for w, (cls, _) in known.words.items() if cls == "PART"]
        words |= {head + part for head in known.heads for part in parts}
    return frozenset(words)


_NO_NAMES = frozenset(
    ("WORD", "LABEL", "STREET", "COUNTED", "THE", "OF", "ANY", "MOVE", "CORRECT", "ENDVERB", "STARTVERB")
)


def _spoken(text: str) -> str:
    """The text without what only looks like a word: CET is a zone, "cet" is French."""
    return text if text.isupper() else _CAPITALS.sub(" ", text)


def detect(text: str, locale: str | None = None) -> str:
    """The language of a text; the locale ("de-DE") decides when its words do not, English when there is none.

    >>> detect("nächsten Dienstag um drei"), detect("Tuesday at 3"), detect("来週の月曜日"), detect("下周二")
    ('de', 'en', 'ja', 'zh')
    """
    own = locale[:2].lower() if locale else ""
    if not text.isascii():
        if _JAPANESE.search(text):
            return "ja"
        if _HAN.search(text):
            return "ja" if own == "ja" else "zh"
    scores: dict[str, float] = {}
    votes = _votes()
    for word in _WORDS.findall(_spoken(text[:600]).lower()):
        langs = votes.get(word)
        if langs:
            share = 1 / len(langs)
            for lang in langs:
                scores[lang] = scores.get(lang, 0) + share
    if own in LANGUAGES:
        scores[own] = scores.get(own, 0) + 0.6
    if not scores or max(scores.values()) < _SURE:
        for word in _WORDS.findall(_spoken(text[:200]).lower().translate(FOLD)):
            langs = _names().get(word, ())
            for lang in langs:
                scores[lang] = scores.get(lang, 0) + 0.8 / len(langs)
    if not scores:
        scores = {"de": 1.0} if _DOTTED.search(text) else _abbreviated(text)
    if not scores:
        return own if own in LANGUAGES else "en"
    best = max(scores.values())
    if scores.get("en", 0) >= best - 0.01 and own in ("", "en"):
        return "en"
    return max(scores, key=lambda lang: (scores[lang], lang == own))


def _abbreviated(text: str) -> dict[str, float]:
    """The languages whose abbreviation of a weekday is all that was said: "vr.", "Mo 14:00"."""
    words = _WORDS.findall(text[:60].lower().translate(FOLD))
    if len(words) != 1:
        return {}
    known = [lang for lang in LANGUAGES if lexicon(lang).words.get(words[0], ("",))[0] in ("WD", "NOW")]
    return dict.fromkeys(known[:1], 1.0)


_SURE = 1.6  # votes of small words that need no second opinion
