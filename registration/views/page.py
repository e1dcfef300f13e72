"""Rendering: every page knows its own address in the other languages."""

from __future__ import annotations

from typing import Any, cast, get_args

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from registration.pdf.content import Language
from registration.views.partner import carried, embedded_by, partner_of, query_of

#: Seconds after which what the database could not take or give is worth sending again.
RETRY_AFTER = 30


def switches(request: HttpRequest, query: str) -> list[tuple[str, str, str]]:
    """(code, name, address) of this page in each other language, with ``query`` and not the address's own."""
    active = get_language()
    return [
        (code, name, translate_url(request.path_info, code) + query)
        for code, name in settings.LANGUAGES
        if code != active
    ]


#: Pages without anything of a person may be kept for a while by a browser or a proxy, for the last night's crowd.
public = cache_control(public=True, max_age=300)
#: For less long where an operator may switch something off or correct it: that has to show within a minute.
public_briefly = cache_control(public=True, max_age=60)


def document_language(code: str | None) -> Language:
    """The language of a person's papers: theirs where the form exists in it, English otherwise."""
    return cast(Language, code) if code in get_args(Language) else "en"


def plain_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that reads nothing of the request, which may be what is wrong."""
    request.is_unreadable = True  # type: ignore[attr-defined]
    return render(request, template, {"switches": []}, status=status)


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page in house style. ``context["switches"]`` may be given empty where a change of language would lose it.

    In a frame the forms have a place for the source even where none is known: the host may still name it.
    """
    along = carried(request)
    query = query_of(along)
    shared = {
        "switches": switches(request, query),
        "partner": partner_of(request),
        "partner_query": query,
        "carried": ({"source": ""} | along if embedded_by(request) else along).items(),
    }
    return render(request, template, {**shared, **context}, status=status)
