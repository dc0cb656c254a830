"""What can keep a request from going on, each with a sentence for the person who asked."""


class Refusal(Exception):
    """The request cannot be carried out as it stands; `sentence` says why and what to do.

    `retry`: the same request may work in a moment. `for_model`: the fault lies in the arguments a model
    passed on, so that it may try once more.
    """

    def __init__(self, sentence: str, *, retry: bool = False, for_model: bool = False) -> None:
        self.sentence = sentence
        self.retry = retry
        self.for_model = for_model
        super().__init__(sentence)


class NotYours(Refusal):
    """Somebody else's card or booking."""


class Gone(Refusal):
    """The card has expired, was used, or belongs to a state that was reset."""


class Unsupported(Refusal):
    """The account or the event type has no such possibility."""


class Invented(Refusal):
    """A model passed on an address, a number or an id that the person never said."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, for_model=True)


class LinkFirst(Refusal):
    """Something that only works with a linked Cal.com account; shown with the way to link it."""
