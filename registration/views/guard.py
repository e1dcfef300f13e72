"""Refuses what another site posts here. There is no session and no cookie to protect, so no token is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
OWN = frozenset({"same-origin", "none"})


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site made this request.

    Sec-Fetch-Site decides where it is sent. Older browsers send only Origin, which is "null" for our own forms
    since our pages send no referrer; programs send neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OWN
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()


def own_site(view: View) -> View:
    """Only our own pages may post to this view; its answers are never stored by a browser or a proxy."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and comes_from_elsewhere(request):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return csrf_exempt(guarded)


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Have the browser drop the pages of ours that it holds for its Back button, as on a computer that is shared. Their
    being never stored does not do it everywhere. Our files are fetched again; cookies are left to who set them."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def forgets_pages(view: View) -> View:
    """``forget_pages`` for what answers a POST."""

    @wraps(view)
    def forgetting(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return forget_pages(response) if request.method == "POST" else response

    return forgetting
