"""What somebody may say, for who does not know yet."""

EXAMPLES = (
    "book 15min with bailey Tuesday at 2pm",
    "is sam free tomorrow afternoon?",
    "what do I have on Wednesday?",
    "move my call with sam to Thursday 10am",
    "cancel my call with sam",
)
