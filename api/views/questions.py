"""What a partner asks: may we write to you?"""

from __future__ import annotations

from django.urls import path
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import ApiView
from api.errors import fault, refuse
from api.openapi import answered
from api.serializers.statistics import QuestionsSerializer
from registration.domain import contacts, questions, subscriptions
from registration.phrases.messages import consent, needed
from registration.views.place import setting_for
from state_rules import JURISDICTIONS, load


class Questions(ApiView):
    """Your own questions, for `contact` of `POST applications/`. With `jurisdiction`, those that may be asked there:
    none, where the state forbids that anything of the applicants' is kept; and in `messages` what we may send people
    there ourselves."""

    scope = "applications:write"
    query = frozenset({"jurisdiction"})

    @extend_schema(
        parameters=[OpenApiParameter("jurisdiction", str, enum=list(JURISDICTIONS), description="Such as OH.")]
    )
    @answered("Look at your questions", None, QuestionsSerializer)
    def get(self, request: Request) -> Response:
        code = request.GET.get("jurisdiction")
        if code is None:
            asked, offered = tuple(questions.active(self.partner)), tuple[str, ...]()
        else:
            refuse([] if code in JURISDICTIONS else [fault("unknown_jurisdiction", ("jurisdiction",))])
            setting = setting_for(load(code))
            asked = contacts.asked(self.partner, setting.jurisdiction, setting.on)
            offered = subscriptions.offered(self.partner, setting.jurisdiction, setting.on)
        language = get_language() or "en"
        return Response(
            {
                "partner": self.partner.name,
                "privacy_url": self.partner.privacy_url,
                "questions": [
                    {"id": each.pk, "means": each.means, "text": contacts.words(each, language)} for each in asked
                ],
                "messages": [{"name": each, "needs": needed(each), "text": consent([each])} for each in offered],
            }
        )


urlpatterns = [path("questions/", Questions.as_view(), name="questions")]
