"""What can go wrong with stored state. Every error carries a sentence for a person in `sentence`."""


class StoreError(Exception):
    """Stored state could not be read or written."""

    sentence = "I can't reach my notes right now. Please try again in a moment."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.sentence)


class Unreachable(StoreError):
    """The database does not answer: it is down, full, locked for too long, or the network is."""


class BadDatabaseUrl(StoreError):
    """The database address names something this program cannot use."""

    sentence = "The database address is not usable: expected sqlite:////path/file.db or postgresql://host/name."


class SchemaTooNew(StoreError):
    """The database was written by a later version of the program."""

    sentence = "This database belongs to a newer version of Slotwise. Please update the program."


class NoKey(StoreError):
    """A credential is to be stored, but no encryption key is configured."""

    sentence = "I can't keep account credentials: no encryption key is configured."


class WrongKey(StoreError):
    """A stored credential was encrypted with a key that is no longer configured."""

    sentence = "Your account link can't be read any more. Please link your Cal.com account again."


class TurnLost(BaseException):
    """Another replica has taken this turn over, or it was reset: this run must end without a trace.

    Like a cancellation it is no `Exception`, so that a handler's "sorry, that failed" does not catch it.
    """


class StepReused(StoreError):
    """One turn named two different steps alike: the second would get the first one's stored value."""


class TurnAbandoned(StoreError):
    """The process died under this turn again and again: it is not run any more."""

    sentence = "Something keeps going wrong with this request. Please try it in other words."


class TurnTooLong(StoreError):
    """A turn's handler did not come to an end within the ceiling."""

    sentence = "That took too long. Please try again."


class NoHandler(StoreError):
    """A turn of a kind nobody registered was to be accepted."""
