"""Slack: what people do there becomes turns, and the cards that answer become messages, modals and the Home tab."""

from bot.slack.side import SlackSide, build

__all__ = ["SlackSide", "build"]
