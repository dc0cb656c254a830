"""A typed async client of the Cal.com API v2. Only in this room does Cal.com's JSON appear."""

from .credential import Credential
from .models import *  # noqa: F403
from .models import __all__ as _models

__all__ = ["Credential", *_models]
