"""The embedded Cal.com server: the API v2 on SQLite, with real availability and webhooks."""

from bot.sandbox.calcom.server import CalComServer

__all__ = ["CalComServer"]
