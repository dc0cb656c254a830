"""Transcripts as the video provider writes them (WebVTT)."""

import re
from html import unescape

import bot.calcom.models as m

_TIMING = re.compile(r"^[\d:.]+\s+-->\s+[\d:.]+")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")
_NAMED = re.compile(r"^([^\s:][^:]{0,60}):\s+(.+)$")


def read_transcript(text: str) -> tuple[m.TranscriptLine, ...]:
    """Who said what, in order; timings, cue numbers and notes are left out.

    >>> [str(line) for line in read_transcript("WEBVTT\\n\\n00:00.000 --> 00:04.000\\n<v Ann>Hello there.")]
    ['Ann: Hello there.']
    """
    lines = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").lstrip("\ufeff")):
        rows = block.strip().split("\n")
        timing = next((index for index, row in enumerate(rows) if _TIMING.match(row)), None)
        if timing is not None:
            lines += [line for row in rows[timing + 1 :] if (line := _line(row))]
        elif not rows[0].startswith(("WEBVTT", "NOTE", "STYLE", "REGION")):
            lines += [line for row in rows if (line := _line(row))]
    return tuple(lines)


def _line(row: str) -> m.TranscriptLine | None:
    voice = _VOICE.search(row)
    words = unescape(_TAG.sub("", row)).strip()
    if not words:
        return None
    if voice:
        return m.TranscriptLine(words, unescape(voice[1]).strip() or None)
    named = _NAMED.match(words)
    return m.TranscriptLine(named[2], named[1].strip("- ")) if named else m.TranscriptLine(words)
