"""Slotwise: a scheduling assistant that lives in Slack and books through Cal.com."""

__version__ = "0.1.0"
