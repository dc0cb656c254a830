"""Where a meeting takes place: the choice an event type offers, as questions, and its answer as Cal.com expects it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.calcom import ChosenLocation, EventType, Location, LocationKind
from bot.scheduling.form import Answer, Input, Question

LOCATION = "location"
LOCATION_DETAIL = "location:detail"


def _label_of_place(location: Location) -> str:
    match location.kind:
        case LocationKind.INTEGRATION:
            names = {"cal-video": "Cal video", "google-meet": "Google Meet", "office365-video": "Microsoft Teams"}
            return names.get(location.integration or "", (location.integration or "video").replace("-", " ").title())
        case LocationKind.ADDRESS:
            return f"In person: {location.value}" if location.value else "In person, at the host's address"
        case LocationKind.LINK:
            return "Online, by the host's link"
        case LocationKind.PHONE:
            return "By phone: you call the host"
        case LocationKind.ATTENDEE_ADDRESS:
            return "At an address you give"
        case LocationKind.ATTENDEE_PHONE:
            return "By phone: the host calls you"
        case LocationKind.ATTENDEE_DEFINED:
            return "Somewhere else"
        case LocationKind.ORGANIZERS_DEFAULT_APP:
            return "The host's usual video app"
        case _:
            return "As the host decides"


_DETAIL = {
    LocationKind.ATTENDEE_ADDRESS: ("Address", Input.TEXT),
    LocationKind.ATTENDEE_PHONE: ("Your phone number", Input.PHONE),
    LocationKind.ATTENDEE_DEFINED: ("Place", Input.TEXT),
}


@dataclass(frozen=True)
class Places:
    """The places an event type offers, by the label that people choose from."""

    by_label: Mapping[str, Location]

    @classmethod
    def of(cls, event_type: EventType) -> "Places":
        """Labels made distinct where two places would read the same."""
        labels: dict[str, Location] = {}
        for location in event_type.locations:
            label = base = _label_of_place(location)
            count = 2
            while label in labels:
                label = f"{base} ({count})"
                count += 1
            labels[label] = location
        return cls(labels)

    def questions(self) -> tuple[Question, ...]:
        """Where it takes place, if there is a choice, and what the attendee has to name for it."""
        if not self.by_label:
            return ()
        labels = tuple(self.by_label)
        asking = [(label, location) for label, location in self.by_label.items() if location.asks]
        if len(labels) == 1:
            if not asking:
                return ()
            label, kind = _DETAIL[asking[0][1].kind]
            return (Question(LOCATION_DETAIL, label, kind, required=True),)
        choice = Question(LOCATION, "Where?", Input.RADIO, required=True, options=labels)
        few = len(asking) <= 2
        details = tuple(
            Question(
                f"{LOCATION_DETAIL}:{location.kind.value}",
                f"{_DETAIL[location.kind][0]} (for “{label}”)" if few else _DETAIL[location.kind][0],
                _DETAIL[location.kind][1],
                required=not few,
                only_if=None if few else (LOCATION, label),
                needed_if=(LOCATION, label) if few else None,
            )
            for label, location in asking
        )
        return (choice, *details)

    def chosen(self, answers: Mapping[str, Answer]) -> ChosenLocation | None:
        """The place as a booking sends it; None lets Cal.com take the only one there is."""
        if not self.by_label:
            return None
        if len(self.by_label) == 1:
            location = next(iter(self.by_label.values()))
            return location.chosen(str(answers[LOCATION_DETAIL])) if location.asks else None
        label = str(answers.get(LOCATION, ""))
        if label not in self.by_label:
            return None
        location = self.by_label[label]
        detail = answers.get(f"{LOCATION_DETAIL}:{location.kind.value}")
        return location.chosen(None if detail is None else str(detail))

    def text(self, answers: Mapping[str, Answer]) -> str:
        """The place in words, for a card; empty while it is not settled."""
        if len(self.by_label) == 1:
            label, location = next(iter(self.by_label.items()))
            detail = answers.get(LOCATION_DETAIL)
        else:
            label = str(answers.get(LOCATION, ""))
            if label not in self.by_label:
                return label
            location = self.by_label[label]
            detail = answers.get(f"{LOCATION_DETAIL}:{location.kind.value}")
        if not detail:
            return label
        return f"{label}, {detail}" if location.kind is LocationKind.ATTENDEE_PHONE else str(detail)
