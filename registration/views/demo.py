"""The page of a made-up partner, which shows the widget as any other site would: from another origin than ours.

It comes from the same server under another name: the widget from 127.0.0.1, the page from localhost, which browsers
take for two sites. There is one only where the service runs for one person, on one machine.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from registration.domain.loopback import FIRST_PAGE_PORT, is_own
from registration.domain.widget_releases import newest, releases
from registration.views.page import switches
from registration.views.snippet import Embed, snippet

SHOWN = tomllib.loads((Path(__file__).parent / "data" / "demo.toml").read_text(encoding="utf-8"))
PAGE_HOST, OUR_HOST = "localhost", "127.0.0.1"


def _policy(site: str) -> str:
    """As strict as a partner may be. Of ours it needs the script and the frame, nothing else."""
    return (
        f"default-src 'none'; script-src 'self' {site}; frame-src {site}; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    last = newest(releases())
    if not is_own() or last is None:
        raise Http404
    asked = urlsplit(f"//{request.get_host()}")
    port = f":{asked.port}" if asked.port else ""
    if asked.hostname == OUR_HOST:
        return redirect(f"http://{PAGE_HOST}{port}{request.get_full_path()}")
    site = f"http://{OUR_HOST}{port}"
    embed = Embed(site, SHOWN["partner"], SHOWN["state"], get_language() or "en")
    context = {
        "site": site,
        "partner": embed.partner,
        "state": embed.state,
        "major": last.major,
        "snippet": snippet(embed, last),
        "pinned": snippet(embed, last, pinned=True),
        "switches": switches(request, ""),
        "policy": _policy(site),
        "first_page_port": FIRST_PAGE_PORT,
    }
    response = render(request, "demo.html", context)
    response.headers["Content-Security-Policy"] = _policy(site)
    return response
