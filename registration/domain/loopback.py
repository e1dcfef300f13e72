"""Whether the site is one person's own, on one machine: then there is a demo, which a public site does not have."""

from __future__ import annotations

from django.conf import settings

#: Host names of this machine; "testserver" is that of Django's own tests.
HERE = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
#: Where a first page of one's own is usually served from: `python3 -m http.server 8001`.
FIRST_PAGE_PORT = 8001


def public_hosts() -> list[str]:
    return [host for host in settings.ALLOWED_HOSTS if host not in HERE]


def is_own() -> bool:
    return not public_hosts()


def demo_sites(port: int) -> list[str]:
    """The origins of the demo page, and of a page of one's own, while the site serves at ``port``."""
    return [
        f"http://localhost:{port}",
        f"http://localhost:{FIRST_PAGE_PORT}",
        f"http://127.0.0.1:{FIRST_PAGE_PORT}",
    ]
