"""What presses on cards ask for."""

from enum import StrEnum


class Verb(StrEnum):
    """What a press on a card asks for; sent back with the card's `ref` and, where said, a key."""

    SLOT = "slot"  # key: a SlotOption's
    MORE = "more"  # show further times
    DAY = "day"  # key: YYYY-MM-DD
    CONFIRM = "confirm"  # run the draft
    DISMISS = "dismiss"  # let the draft go
    ANSWER = "answer"  # open the form; submitted with the answers
    CHANGE = "change"  # another time for a proposal
    PICK = "pick"  # key: a PickOption's
    READING = "reading"  # key: another reading of the words about time
    RESCHEDULE = "reschedule"  # key: a BookingLine's (or "" on an outcome)
    CANCEL = "cancel"  # as above
    ACCEPT = "accept"  # a request, as its host
    DECLINE = "decline"  # a request, as its host
    AGAIN = "again"  # book another time in place of a meeting that is cancelled
    RETRY = "retry"  # do the failed turn again
    CONNECT = "connect"  # show the way to link a Cal.com account
    DISCONNECT = "disconnect"  # unlink it
