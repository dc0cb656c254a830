"""Plain agreement and refusal, told from words alone, before any model: a yes runs a draft, so code decides."""

import re
from typing import Literal

_YES = """
yes|y|yep|yeah|yup|yess|sure|ok|okay|k|okey|confirm|confirmed|agreed|correct|right|perfect|great
fine|absolutely|definitely|do it|go ahead|please do|go for it|book it|book that|sounds good
do that|do so|go on|proceed|continue|yes do|alright|all right|very well|excellent|lovely|wonderful|cool|awesome
why not|approved|you may|looks good|that works|works for me|that works for me|it works
let's do it|lets do it|send it|ring them|ring the team|move it
all good|good|lgtm|affirmative|of course|certainly|make it so|that's right|thats right|ja|jawohl
gerne|klar|passt|ja bitte|mach das|einverstanden|oui|d'accord|ok pour moi|vas-y|bien sûr|parfait|sí
si|claro|vale|de acuerdo|adelante|perfecto|sim|pode ser|certo|está bem|combinado|va bene|certo
d'accordo|perfetto|prego|akkoord|prima|doe maar|is goed|はい|ええ|お願いします|了解|オッケー|是|是的
好|好的|可以|对|行|👍|✅|👌|🆗|:+1:|:thumbsup:|:white_check_mark:
"""
_NO = """
no|n|nope|nah|never mind|nevermind|nvm|forget it|stop|abort|drop it|don't|dont|do not|no thanks
no thank you|not now|leave it|scratch that|skip it|discard|keep it|nein|nein danke|lass es|abbrechen
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
}
_POLITE = re.compile(
    r"\b(please|pls|plz|thanks|thank you|thx|ty|cheers|mate|bitte|danke|s'il (te|vous) plaît|svp|merci|por favor"
    r"|gracias|obrigad[oa]|per favore|grazie|alsjeblieft|bedankt)\b",
    re.I,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(w.strip() for line in words.strip().splitlines() for w in line.split("|"))


_YES_SET, _NO_SET = _set(_YES), _set(_NO)


def answer(text: str) -> Literal["yes", "no", "cancel"] | None:
    """ "yes", "no" or "cancel" if the text is nothing but that; None for anything that says more.

    >>> answer("Yes, please!"), answer("yes but at 3"), answer("never mind"), answer("cancel it")
    ('yes', None, 'no', 'cancel')
    """
    folded = re.sub(r"[.!…,;]+", " ", text.replace("’", "'").casefold())
    whole = _plainer(folded)
    bare = _plainer(_POLITE.sub(" ", folded))
    for candidate in (whole, bare):
        if candidate in _YES_SET:
            return "yes"
        if candidate in _NO_SET:
            return "no"
        if candidate in _CANCEL_IT:
            return "cancel"
    parts = [_kind(part) for part in re.split(r"[,.!;]+", text.replace("’", "'").casefold()) if part.strip()]
    if len(parts) > 1 and parts[0] is not None and all(part in (parts[0], "polite") for part in parts):
        return parts[0]  # type: ignore[return-value]
    words = bare.split()
    if len(words) in (2, 3, 4) and words[0] in _YES_SET and " ".join(words[1:]) in _YES_SET:
        return "yes"
    if len(words) in (2, 3, 4) and words[0] in _YES_SET and " ".join(words[1:]) in _CANCEL_IT:
        return "cancel"
    return None


def _kind(part: str) -> Literal["yes", "no", "cancel", "polite"] | None:
    bare = _plainer(_POLITE.sub(" ", part))
    if not bare:
        return "polite"
    if bare in _YES_SET:
        return "yes"
    if bare in _NO_SET:
        return "no"
    return "cancel" if bare in _CANCEL_IT else None


_PRAISE = re.compile(
    r"(?:(?:that|this|it|all|everything)(?:'s| is| would be| will be|s)? |(?:that|it)? ?(?:looks|sounds|seems) )?"
    r"(fine|good|great|perfect|ok|okay|right|correct|excellent|lovely|wonderful|alright|all right|cool|awesome)"
    r"(?: (?:by|with|for|to) me| enough| idea)?"
)
_TRAILING = re.compile(r"(?:^| )(?:then|(?<!right )now|for me|ahead and do (?:it|that)|with that|with it)$")


def _plainer(text: str) -> str:
    """Without what adds nothing to a yes: "that's fine with me" -> "fine", "go on then" -> "go on"."""
    bare = _TRAILING.sub("", " ".join(text.split()))
    parts = bare.split(" ", 1)
    if len(parts) == 2 and parts[0] in _YES_SET and (praised := _PRAISE.fullmatch(parts[1])):
        return f"{parts[0]} {praised[1]}"
    praised = _PRAISE.fullmatch(bare)
    return praised[1] if praised else bare


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
