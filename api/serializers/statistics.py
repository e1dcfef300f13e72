"""A partner's numbers, and the questions that it asks."""

from rest_framework import serializers

from registration.domain.subscriptions import NAMES
from registration.models import OptInQuestion


class FiguresSerializer(serializers.Serializer):
    started = serializers.IntegerField(help_text="People who began to fill in the form.")
    forms_made = serializers.IntegerField(help_text="Forms made. Nobody here is counted as registered.")
    handed_to_state = serializers.IntegerField(help_text="People who went on to the state's own online registration.")

    class Meta:
        ref_name = "Figures"


class CountedSerializer(FiguresSerializer):
    key = serializers.CharField(
        allow_blank=True, help_text='A day, a state\'s code, a source ...; "" for what was not named.'
    )

    class Meta:
        ref_name = "Counted"


class StopSerializer(serializers.Serializer):
    step = serializers.CharField(help_text='The step\'s key; "review" is the look at all answers before sending.')
    reached = serializers.IntegerField(help_text="How many came to it.")
    stopped = serializers.IntegerField(help_text="How many of these went no further.")

    class Meta:
        ref_name = "Stop"


class StatisticsSerializer(serializers.Serializer):
    """Sums of counts of days in UTC. No person is in them."""

    first = serializers.DateField(help_text="The first day, which is among them.")
    last = serializers.DateField(help_text="The last day, which is among them.")
    by = serializers.CharField()
    total = FiguresSerializer()
    rows = CountedSerializer(many=True, help_text="Days with their zeros, in order; others the largest first.")
    steps = StopSerializer(many=True, help_text="For `by=step`: where people stopped.")
    test = serializers.BooleanField(help_text="Asked with a test key: all is zero.")

    class Meta:
        ref_name = "Statistics"


class QuestionSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    means = serializers.ChoiceField(
        choices=OptInQuestion.Means.values, help_text="What a yes needs: an `email` address or a `phone` number."
    )
    text = serializers.CharField(help_text="Your words, in the language asked for. Show them as they are.")

    class Meta:
        ref_name = "OptInQuestion"


class MessageSerializer(serializers.Serializer):
    name = serializers.ChoiceField(choices=NAMES, help_text="Its name in `messages` of an application.")
    needs = serializers.ChoiceField(choices=("email", "phone", ""), help_text="What to ask for beside it.")
    text = serializers.CharField(help_text="Show these words beside the box: a person says yes to them.")

    class Meta:
        ref_name = "OfferedMessage"


class QuestionsSerializer(serializers.Serializer):
    partner = serializers.CharField(help_text="Say who asks.")
    privacy_url = serializers.CharField(allow_blank=True)
    questions = QuestionSerializer(many=True, help_text="Never ticked before the person does.")
    messages = MessageSerializer(
        many=True, help_text="What we may send the person there ourselves; with `jurisdiction` alone."
    )

    class Meta:
        ref_name = "OptInQuestions"
