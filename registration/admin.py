"""The operators' pages: they show records and change none. What changes something is a command (docs/operating.md).

No applicant's answers are here, since there are none that this service could read. Who looked at applications is
written into the audit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils import timezone

from registration.domain.staff import may_look, note_look
from registration.models import Application, AuditEntry, Correction, DailyCount, Document, Partner, Switch
from registration.views.partners.access import person_missing

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin
View = Callable[..., Any]


class OperatorsSite(admin.AdminSite):
    """Of the library's pages only those that show. Signing in, passwords and factors are the dashboard's own pages."""

    site_header = site_title = index_title = "Operators"
    enable_nav_sidebar = False
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        return may_look(request.user) and person_missing(request) is None

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]  # noqa: ARG002  the library's shape, whose types have no name
        """For operators who showed a second factor in this session; a few minutes ago where something is sent.
        For anyone else who is signed in there is no such page. Tokens and caching: config/dashboard.py."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not may_look(request.user):
                raise Http404
            missing = person_missing(request, step_up=request.method not in ("GET", "HEAD"))
            return missing or view(request, *args, **kwargs)

        return guarded

    def get_urls(self) -> list[URLPattern | URLResolver]:
        pages: list[URLPattern | URLResolver] = [
            path("", self.admin_view(self.index), name="index"),
            path("jsi18n/", self.admin_view(self.i18n_javascript), name="jsi18n"),
        ]
        for model, shown in self._registry.items():
            names = model._meta.app_label, model._meta.model_name
            below = "/".join(map(str, names))
            of = "_".join(map(str, names))
            pages += [
                path(f"{below}/", self.admin_view(shown.changelist_view), name=f"{of}_changelist"),
                path(f"{below}/<path:object_id>/change/", self.admin_view(shown.change_view), name=f"{of}_change"),
            ]
        labels = "|".join(sorted({model._meta.app_label for model in self._registry}))
        return [
            *pages,
            re_path(rf"^(?P<app_label>{labels})/$", self.admin_view(self.app_index), name="app_list"),
            re_path(r"(?P<url>.*)$", self.admin_view(self.catch_all_view)),
        ]


operators = OperatorsSite(name="admin")


class Shown(_ModelAdmin):
    """Rows that are looked at. Without the library's scripts, so that the site's own policy holds on these pages."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    media = forms.Media()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the library's shape
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the library's shape
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the library's shape
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the library's shape
        return False


class Noted(Shown):
    """Rows about applicants: each look at them is written into the audit, without which row it was."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return self._noted(request, "list", super().changelist_view(request, extra_context))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._noted(request, "one", super().changeform_view(request, object_id, form_url, extra_context))

    def _noted(self, request: HttpRequest, what: str, response: HttpResponse) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101  for the types: the site let an operator in
        if response.status_code == 200:
            note_look(request.user, str(self.model._meta.model_name), what, timezone.now())
        return response


def shown(model: type[Model], base: type[Shown], fields: str, **more: Any) -> None:
    """Register a model with exactly these fields, the first six of them in the list."""
    names = tuple(fields.split())
    operators.register(
        model, type(f"{model.__name__}Shown", (base,), {"fields": names, "list_display": names[:6], **more})
    )


shown(
    Application,
    Noted,
    "id partner jurisdiction channel status created_at language election_day rules_version",
    list_filter=("jurisdiction", "channel", "status"),
    list_select_related=("partner",),
)
shown(Document, Noted, "application expires_at times_drawn", list_select_related=("application",))
shown(Partner, Shown, "slug name approved_at suspended_at created_at")
shown(AuditEntry, Shown, "at who action subject_kind subject_id reason partner details", ordering=("-pk",))
shown(
    DailyCount,
    Shown,
    "day partner kind jurisdiction channel count language source medium campaign step",
    list_filter=("kind", "jurisdiction"),
    list_select_related=("partner",),
)
shown(Switch, Shown, "jurisdiction channel language starts_at ends_at ended_at made_by made_at reason reason_es")
shown(Correction, Shown, "jurisdiction rule starts_on ends_on ended_at made_by made_at reason reason_es fragment")
