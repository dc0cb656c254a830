"""The offline mind: a conversation becomes the tool call a language model would make, by grammar alone. Pure."""

from bot.offline.action import Call, Text
from bot.offline.planner import Understanding, plan, plans, understand

__all__ = ["Call", "Text", "Understanding", "plan", "plans", "understand"]
