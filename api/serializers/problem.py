"""How a problem looks, for the document."""

from rest_framework import serializers


class FaultSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Stable; programs decide by it.")
    field = serializers.CharField(help_text='The name of the field, or "" where it is not about one.', allow_blank=True)
    pointer = serializers.CharField(help_text='The place in what was sent, such as "#/answers/home_zip".')
    detail = serializers.CharField(help_text="A sentence for the person, in their language.")
    advisory = serializers.BooleanField(
        help_text='A notice that the person may keep: send "code:field" in notices_seen once they have seen it.'
    )

    class Meta:
        ref_name = "Fault"


class ProblemSerializer(serializers.Serializer):
    """RFC 9457. `errors` holds everything that is wrong, never only the first thing."""

    type = serializers.CharField(help_text='"urn:problem-type:enfranchise:" and the kind of the problem.')
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultSerializer(many=True)

    class Meta:
        ref_name = "Problem"
