"""Under which names the shared cache keeps things: names of ours and of packages hold people's addresses."""

import hashlib
import hmac

from django.conf import settings


def digest(key: object, prefix: str, version: int) -> str:
    """A name that says nothing without SECRET_KEY. What Django calls for each key (``KEY_FUNCTION``)."""
    said = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), b"cache\0" + said, hashlib.sha256).hexdigest()
