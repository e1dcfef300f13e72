"""Parts that several answers have: a source, an office, an election."""

from rest_framework import serializers


class Source(serializers.Serializer):
    line = serializers.CharField(help_text="The citation, with the day on which it was read.")
    url = serializers.CharField(allow_blank=True)


class OfficeSerializer(serializers.Serializer):
    """The chief election office."""

    name = serializers.CharField(allow_blank=True)
    telephone = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    website = serializers.CharField(allow_blank=True)

    class Meta:
        ref_name = "Office"


class ElectionSerializer(serializers.Serializer):
    name = serializers.CharField()
    day = serializers.DateField()
    doubt = serializers.CharField(allow_blank=True, help_text='What is not sure about its day; "" where it is sure.')

    class Meta:
        ref_name = "ElectionInView"
