"""A typed async client of the Cal.com API v2. Only in this room does Cal.com's JSON appear."""

from .client import CalCom, Session
from .credential import Credential
from .deadline import time_limit
from .models import *  # noqa: F403
from .models import __all__ as _models
from .resources.oauth import Pkce, authorize_url
from .transport import Seen

__all__ = ["CalCom", "Credential", "Pkce", "Seen", "Session", "authorize_url", "time_limit", *_models]
