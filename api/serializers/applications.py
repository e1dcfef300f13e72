"""An application as a program sends it, and what it gets back."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import strict
from api.serializers.problem import ProblemSerializer
from api.serializers.shared import ElectionSerializer, OfficeSerializer, Source
from registration.forms.application_form import SEEN_AT_MOST
from registration.models import Application

WORD = r"^[A-Za-z0-9._~-]*$"
MOST_ITEMS = 100
MOST_QUESTIONS = 10
OUTCOMES = (
    "created", "problems", "notices", "conflict", "expired", "throttled", "unavailable", "server_error", "slow",
    "hostile",
)  # fmt: skip


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "boolean"}]},
        "description": "The fields of the jurisdiction's form, named as in `jurisdictions/{code}/fields/`: texts, and "
        "true or false for checkboxes. Which fields there are depends on the jurisdiction; others are refused.",
    }
)
class AnswersField(serializers.Field):
    """The flat answers. Which names and values there are is looked at with the jurisdiction's own form."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise serializers.ValidationError("not_an_object", code="not_an_object")
        return data


class Word(strict.Text):
    """A word of tracking: letters, digits and . _ ~ - alone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "required": False, "allow_blank": True, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not all(mark.isascii() and (mark.isalnum() or mark in "._~-") for mark in text):
            raise serializers.ValidationError("bad_character", code="bad_character")
        return text


class Id(serializers.IntegerField):
    """A whole number; no text that looks like one."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int) or not 0 < data < 2**63:
            raise serializers.ValidationError("invalid", code="invalid")
        return data


class SaidYes(strict.Strict):
    id = Id(min_value=1, max_value=2**63 - 1, help_text="Of one of your `questions/`.")

    class Meta:
        ref_name = "SaidYes"


class ContactWish(strict.Strict):
    """What the person lets you have, where they said yes to your own questions. Never ticked for them.

    With it you get their name and ZIP code from the form, and what stands here. It is no part of the form. The first
    request with a `reference` decides: another one with it adds nothing, and without `contact` takes it back.
    """

    questions = SaidYes(many=True, max_length=MOST_QUESTIONS, help_text="Those that the person said yes to.")
    email = strict.Text(required=False, allow_blank=True, max_length=500)
    phone = strict.Text(required=False, allow_blank=True, max_length=100)

    class Meta:
        ref_name = "ContactWish"


class MessagesWish(strict.Strict):
    """What the person wants **us** to send them, each only where they said yes to its words (`messages` of
    `GET questions/?jurisdiction=...`), never ticked for them. It is no part of the form, and you do not get it.

    The first request with a `reference` decides: another one with it changes nothing.
    """

    email = strict.Text(required=False, allow_blank=True, max_length=500)
    phone = strict.Text(required=False, allow_blank=True, max_length=100)
    link_email = strict.YesNo(required=False, help_text="The link to the form by e-mail, now.")
    remind_email = strict.YesNo(required=False, help_text="Reminders by e-mail, four at most.")
    link_sms = strict.YesNo(required=False, help_text="The link by text message, where the operator offers it.")
    remind_sms = strict.YesNo(required=False, help_text="Reminders by text message, where the operator offers it.")
    print_post = strict.YesNo(required=False, help_text="The form on paper by mail, where the operator offers it.")

    class Meta:
        ref_name = "MessagesWish"


class ApplicationItem(strict.Strict):
    """One application of one person."""

    jurisdiction = strict.Jurisdiction()
    reference = strict.Reference(
        help_text="A random UUID (version 4) that you make for this application and keep secret: it opens the form. "
        "Send the same one again to get the same answer again."
    )
    lang = strict.Lang(required=False, help_text="The applicant's language, also that of the form.")
    source = Word(help_text="Where the person came from, for your statistics; never about the person.")
    medium = Word()
    campaign = Word()
    notices_seen = serializers.ListField(
        child=strict.Text(max_length=81),
        required=False,
        max_length=SEEN_AT_MOST,
        help_text='Notices that the person has seen and wants to keep, as "code:field".',
    )
    answers = AnswersField()
    contact = ContactWish(required=False)
    messages = MessagesWish(required=False)
    sandbox = strict.Choice(choices=OUTCOMES, required=False, help_text="Test keys only: the outcome to get.")


class ApplicationToMake(ApplicationItem):
    dry_run = strict.YesNo(required=False, help_text="Only say what would happen; nothing is stored.")


class ApplicationsToMake(strict.Strict):
    items = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MOST_ITEMS,
        help_text="Each like the body of `POST applications/`, without `dry_run`.",
    )


class FormSerializer(serializers.Serializer):
    url = serializers.CharField(help_text="For the applicant alone. The part after # opens the form; never log it.")
    media_type = serializers.CharField()

    class Meta:
        ref_name = "FormLink"


class ReadingInWords(serializers.Serializer):
    title = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())
    contact = serializers.ListField(child=serializers.CharField())
    sources = Source(many=True)


class InstructionsSerializer(serializers.Serializer):
    """What the applicant does next. Show all of it."""

    jurisdiction = serializers.CharField()
    language = serializers.CharField()
    election = ElectionSerializer()
    warning = serializers.CharField(help_text="Nobody is registered until the election office says so.")
    request_only = serializers.CharField(
        allow_blank=True, help_text='Set where the form only asks for the state\'s own one; else "".'
    )
    mail_by = serializers.CharField(help_text="By when to mail the form, in words.")
    mail_by_day = serializers.DateField(allow_null=True)
    confirm = serializers.CharField(allow_blank=True, help_text="What is not sure about that day.")
    mail_to = serializers.ListField(child=serializers.CharField())
    mail_to_hint = serializers.CharField(allow_blank=True)
    next_steps = serializers.ListField(child=serializers.CharField())
    reading = ReadingInWords(allow_null=True, help_text="Our reading of the eligibility answers.")
    office = OfficeSerializer()
    sources = Source(many=True)

    class Meta:
        ref_name = "Instructions"


class ApplicationMade(InstructionsSerializer):
    id = serializers.UUIDField(allow_null=True, help_text="null where nothing is stored.")
    stored = serializers.BooleanField(help_text="Whether the locked answers wait here for the applicant.")
    sealed = serializers.CharField(
        allow_blank=True, help_text='Where nothing is stored: the locked answers. Give them to the applicant; else "".'
    )
    status = serializers.ChoiceField(choices=Application.Status.values)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(help_text="Until when the form can be had.")
    form = FormSerializer(allow_null=True)
    test = serializers.BooleanField(help_text="Made with a test key: nothing was stored.")

    class Meta:
        ref_name = "ApplicationMade"


class DryRun(InstructionsSerializer):
    would = serializers.ChoiceField(choices=("create", "replay"))


class ApplicationStatus(serializers.Serializer):
    """No personal data: it is not kept where we could read it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(
        choices=Application.Status.values,
        help_text="`form_ready`, `delivered` once the form was opened, `purged` when its answers were deleted, "
        "`withdrawn` when the person had them deleted. "
        "Nothing here says that anyone is registered.",
    )
    jurisdiction = serializers.CharField()
    language = serializers.CharField()
    channel = serializers.ChoiceField(choices=Application.Channel.values)
    election_day = serializers.DateField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class ResultSerializer(serializers.Serializer):
    index = serializers.IntegerField(help_text="The item's place in the request, from 0.")
    status = serializers.IntegerField(help_text="What `POST applications/` would have answered.")
    replayed = serializers.BooleanField()
    application = ApplicationMade(allow_null=True)
    problem = ProblemSerializer(allow_null=True)

    class Meta:
        ref_name = "Result"


class ResultsSerializer(serializers.Serializer):
    created = serializers.IntegerField()
    replayed = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = ResultSerializer(many=True)

    class Meta:
        ref_name = "Results"
