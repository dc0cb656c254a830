"""Plain agreement and refusal, told from words alone, before any model: a yes runs a draft, so code decides."""

import re
from typing import Literal

_YES = """
yes|y|yep|yeah|yup|yess|yesss|yse|yea|ye|yas|go|just do it|just book it|just confirm it|do it now|book it now|
sure|ok|okay|k|okey|confirm|confirmed|agreed|correct|right|perfect|great
fine|absolutely|definitely|do it|go ahead|please do|go for it|book it|book that|sounds good
do that|do so|go on|proceed|continue|yes do|alright|all right|very well|excellent|lovely|wonderful|cool|awesome
why not|approved|you may|looks good|that works|works for me|that works for me|it works
let's do it|lets do it|send it|ring them|ring the team|move it
i agree|sure thing|sounds great|that's fine|that's ok|that's good
yes i'm sure|i'm sure|i am sure|confirm it|confirm that|confirm this|accept|accepted|please go ahead|let's go
sì|certamente|esatto|confermo|procedi|confirmo|confirma|isso|beleza|com certeza|confirmar|dale
sí señor|por supuesto
genau|in ordnung|jo|jep|passt so|buch es|buche es|ouais|bien sur|c'est bon|ça marche|je confirme|zeker|jazeker
ja graag|graag|klopt|うん|お願い|それで|いいです|いいですよ|それでお願いします|是啊
没问题|確認|确认|當然|当然
all good|good|lgtm|affirmative|of course|certainly|make it so|that's right|thats right|ja|jawohl
gerne|klar|passt|ja bitte|mach das|einverstanden|oui|d'accord|ok pour moi|vas-y|bien sûr|parfait|sí
si|claro|vale|de acuerdo|adelante|perfecto|sim|pode ser|certo|está bem|combinado|va bene|certo
d'accordo|perfetto|prego|akkoord|prima|doe maar|is goed|はい|ええ|お願いします|了解|オッケー|是|是的
好|好的|可以|对|行|👍|✅|👌|🆗|:+1:|:thumbsup:|:white_check_mark:
"""
_NO = """
no|n|nope|nah|never mind|nevermind|nvm|forget it|stop|abort|drop it|don't|dont|do not|no thanks
stop it|stop that|forget that|forget about it|drop that|don't do it|don't do that|better not|rather not
i'd rather not|laat het|non grazie|annulla tutto|meglio di no|deixa pra lá|melhor não|mejor no|para nada|lieber nicht
doch nicht|bloß nicht|plutôt pas|surtout pas|liever niet|toch niet|いや|結構です|やめる|やめます|不是|不行|不了|别
no thank you|not now|leave it|keep it as it is|keep it as is|leave it as it is|leave it as is|leave it there
just leave it|let it be|let it go|keep the meeting|keep it there|i changed my mind|changed my mind|don't bother
scratch that|skip it|discard|keep it|nein|nein danke|lass es|abbrechen
non|non merci|laisse tomber|annule|no gracias|déjalo|olvídalo|não|nao|não obrigado|deixa|no grazie
lascia stare|nee|nee bedankt|laat maar|いいえ|やめて|キャンセル|不|不要|不用|算了|👎|❌|:-1:
:thumbsdown:
"""
_CANCEL_IT = {
    "cancel",
    "cancel it",
    "cancel that",
    "cancel this",
    "please cancel",
    "cancel the booking",
    "cancel booking",
    "cancel the meeting",
    "cancel the call",
    "go ahead and cancel",
    "go ahead and cancel it",
    "cancel it then",
    "annulla",
    "cancela",
    "cancelar",
    "storniere es",
    "annuleer",
    "取消",
}
_HESITANT = frozenset(("wait", "sorry", "second", "thought", "thoughts"))
_ASIDE = _HESITANT | frozenset(
    (
        "then",
        "so",
        "well",
        "cool",
        "oh",
        "ah",
        "and",
        "nice",
        "also",
        "right",
        "actually",
        "hm",
        "hmm",
        "on",
        "after",
        "all",
        "come on",
    )
)
"""Words that may stand between agreeing ones without adding to them: "ok cool", "go on then"."""
_POLITE = re.compile(
    r"\b(please|pls|plz|thanks|thank you|thx|ty|cheers|mate|bitte|danke|s'il (te|vous) plaît|svp|merci|por favor"
    r"|gracias|obrigad[oa]|per favore|grazie|alsjeblieft|bedankt)\b|谢谢|多谢|謝謝",
    re.I,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(w.strip() for line in words.strip().splitlines() for w in line.split("|"))


_YES_SET, _NO_SET = _set(_YES), _set(_NO)
_LONGEST = max(phrase.count(" ") + 1 for phrase in _YES_SET | _NO_SET | _CANCEL_IT)
_MARKS = re.compile(r"[.!…,;。！，、；～~]+")


def answer(text: str) -> Literal["yes", "no", "cancel"] | None:
    """ "yes", "no" or "cancel" if the text is nothing but that; None for anything that says more.

    >>> answer("Yes, please!"), answer("yes but at 3"), answer("never mind"), answer("cancel it")
    ('yes', None, 'no', 'cancel')
    """
    folded = _MARKS.sub(" ", text.replace("’", "'").casefold())
    bare = _POLITE.sub(" ", folded)
    for candidate in (folded, bare):
        kinds = _kinds(candidate.split())
        if kinds == {"yes"}:
            return None if _HESITANT & set(candidate.split()) else "yes"
        if kinds == {"no"}:
            return "no"
        if kinds in ({"cancel"}, {"yes", "cancel"}):
            return "cancel"
    return None


def _kinds(words: list[str]) -> set[str]:
    """What the words say, phrase by phrase, the longest first; nothing when one of them says something else."""
    found: set[str] = set()
    at = 0
    while at < len(words):
        for end in range(min(at + _LONGEST, len(words)), at, -1):
            phrase = " ".join(words[at:end])
            kind = _kind(phrase)
            if kind:
                found.add(kind)
            if kind or phrase in _ASIDE:
                at = end
                break
        else:
            return set()
    return found


def takes_back(text: str) -> bool:
    """Whether the text says no and "cancel it" in one: "no, cancel that"."""
    return _kinds(_POLITE.sub(" ", _MARKS.sub(" ", text.casefold())).split()) == {"no", "cancel"}


def _kind(phrase: str) -> Literal["yes", "no", "cancel"] | None:
    if phrase in _YES_SET:
        return "yes"
    if phrase in _NO_SET:
        return "no"
    return "cancel" if phrase in _CANCEL_IT else None


_WHOSE = r"(?: (?:my|the|own|your|cal(?:\.com|com)?|slack|mein(?:en|e)?|das|den|mon|le|ma|mi|il|mio|meu|minha|mijn))*"
_ACCOUNT = r" ?(?:cal\.com|calcom|calendar|account|kalender|konto|calendrier|compte|calendario|cuenta|conta|agenda)"
_WITH = (
    r"(?: (?:account|calendar))?(?: (?:to|with|from|mit|von|à|con|a|com) (?:you|slack|slotwise|cal\.com|it|dir))?"
    r"(?: (?:again|now))?"
)
_LINKING = (
    r"(?:re-?)?(?:link|connect|hook up|authori[sz]e|verbinde|verknüpfe|connecte|relie|conecta|vincula|collega)(?: up)?"
)
_LEAVING = r"(?:unlink|disconnect|unhook|deauthori[sz]e|trenne|déconnecte|desconecta|desvincula|scollega)"
_ASKING = r"(?:(?:please|can|could|you|i|want|would|like|to|how|do|d|let|me|us|help|'d|bitte) )*"
_LINK_IT = re.compile(rf"{_ASKING}(?:{_LINKING}{_WHOSE}{_ACCOUNT}{_WITH}|continue with cal\.com)")
_LEAVE_IT = re.compile(rf"{_ASKING}{_LEAVING}(?: me| it|{_WHOSE}{_ACCOUNT})?{_WITH}")
_WHICH = re.compile(
    rf"(?:is|which|what)(?: (?:of|is))?{_WHOSE}(?:{_ACCOUNT})?(?: account)?(?: (?:is|am i))? (?:linked|connected)"
    r"(?: (?:to|with) .*)?"
)


def account(text: str) -> Literal["link", "unlink", "show"] | None:
    """What is asked about one's own Cal.com account, where the text is nothing but that.

    >>> account("Link my calendar"), account("connect me with bailey"), account("please unlink my cal.com account")
    ('link', None, 'unlink')
    >>> account("which account is linked?"), account("link my calendar entry to sam's"), account("unlink")
    ('show', None, 'unlink')
    """
    folded = " ".join(re.sub(r"[!?,;]+|\.(?=\s|$)", " ", text.replace("’", "'").casefold()).split())
    folded = " ".join(_POLITE.sub(" ", folded).split())
    if _LINK_IT.fullmatch(folded) or folded in (
        "link",
        "connect",
        "link me",
        "connect me",
        "login",
        "log in",
        "sign in",
    ):
        return "link"
    if _LEAVE_IT.fullmatch(folded):
        return "unlink"
    return "show" if _WHICH.fullmatch(folded) else None
