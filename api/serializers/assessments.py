"""What is asked about a person, and our reading of it."""

from typing import get_args

from rest_framework import serializers

from api.serializers import strict
from api.serializers.shared import ElectionSerializer, OfficeSerializer, Source
from state_rules import CHANNELS
from state_rules.answers import Ballot, Conviction, Outcome, Question, ReadingOutcome, ReasonCode
from state_rules.dated import Confidence

YES_NO_UNSURE = ("no", "yes", "unsure")


class AssessmentAnswers(strict.Strict):
    """Whatever the person has said so far. What is left out, or null, is not said yet."""

    jurisdiction = strict.Jurisdiction()
    citizen = strict.YesNo(required=False, allow_null=True)
    birth_date = strict.Day(required=False, allow_null=True)
    resident = strict.YesNo(required=False, allow_null=True, help_text="Lives there.")
    other_rule = strict.Choice(
        choices=YES_NO_UNSURE,
        required=False,
        allow_null=True,
        help_text="Whether one of the state's other rules applies: conviction, court finding and time, at once.",
    )
    conviction = strict.Choice(
        choices=[each for each in get_args(Conviction) if each],
        required=False,
        allow_null=True,
        help_text="Of a felony, and where the sentence stands.",
    )
    owes_payment = strict.YesNo(required=False, allow_null=True)
    court_finding = strict.Choice(choices=YES_NO_UNSURE, required=False, allow_null=True)
    resident_since = strict.Day(required=False, allow_null=True)
    has_documents = strict.YesNo(required=False, allow_null=True, help_text="Of citizenship.")
    registered = strict.YesNo(required=False, allow_null=True, help_text="There, already.")
    channel = strict.Choice(choices=CHANNELS, required=False, help_text='"mail" where it is left out.')


class ReasonSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=get_args(ReasonCode))
    text = serializers.CharField()
    confidence = serializers.ChoiceField(choices=get_args(Confidence))
    sources = Source(many=True)

    class Meta:
        ref_name = "Reason"


class ReadingSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=get_args(ReadingOutcome))
    from_day = serializers.DateField(allow_null=True, help_text="The first day on which it is so, where one is known.")
    ballot = serializers.ChoiceField(choices=get_args(Ballot))
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=get_args(ReasonCode)))

    class Meta:
        ref_name = "Reading"


class ReadingsSerializer(serializers.Serializer):
    registering = ReadingSerializer()
    preregistering = ReadingSerializer()
    voting = ReadingSerializer()

    class Meta:
        ref_name = "Readings"


class QuestionSerializer(serializers.Serializer):
    field = serializers.ChoiceField(choices=get_args(Question), help_text="The name under which the answer is sent.")
    text = serializers.CharField()

    class Meta:
        ref_name = "Question"


class AssessmentSerializer(serializers.Serializer):
    """Our reading of the answers, never a verdict: only an election official decides."""

    jurisdiction = serializers.CharField()
    rules_version = serializers.CharField()
    election = ElectionSerializer()
    outcome = serializers.ChoiceField(choices=get_args(Outcome))
    from_day = serializers.DateField(allow_null=True)
    title = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())
    readings = ReadingsSerializer()
    reasons = ReasonSerializer(many=True, help_text="Every reason in any of the three readings, once.")
    ask = serializers.ListField(
        child=serializers.ChoiceField(choices=get_args(ReasonCode)), help_text="What to ask the election office about."
    )
    office = OfficeSerializer()
    next_question = QuestionSerializer(
        allow_null=True, help_text="What to ask next; null where no answer could change this."
    )

    class Meta:
        ref_name = "Assessment"
