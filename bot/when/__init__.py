"""The language of time: sentences to exact windows in a zone. Pure: no I/O, no clock of its own."""

from bot.when.reader import read
from bot.when.reading import Assumption, Kind, Mention, Problem, Reading, Recurrence, Role, Window
from bot.when.speech import say

__all__ = ["Assumption", "Kind", "Mention", "Problem", "Reading", "Recurrence", "Role", "Window", "read", "say"]
