"""A Slack workspace for the unchanged Bolt app: Web API, events, interactions, Socket Mode, and the people in it."""

from bot.sandbox.slack.server import SlackServer

__all__ = ["SlackServer"]
