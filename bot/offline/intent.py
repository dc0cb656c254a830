"""The kinds of request a message can be."""

from enum import StrEnum


class Intent(StrEnum):
    """The kinds of request."""

    CREATE = "create"
    FIND = "find"
    AVAILABILITY = "availability"
    UPDATE = "update"
    ALTER = "alter"  # change something else of a meeting than its time
    DELETE = "delete"
    ACCEPT = "accept"
    DECLINE = "decline"
    RING = "ring"
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    NOD = "nod"  # "ok", with nothing open
    REFUSAL = "refusal"  # "don't cancel it"
    CHAT = "chat"  # a report, an opinion, a farewell
    WATCH = "watch"  # "ping me when ..."
    MESSAGE = "message"  # something to be passed on to somebody
    OTHER = "other"
