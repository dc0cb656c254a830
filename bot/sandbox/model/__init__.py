"""The offline mind behind the OpenAI protocol: a model server that needs no key and costs nothing."""

from bot.sandbox.model.server import MODEL, routes

__all__ = ["MODEL", "routes"]
