"""An address as a person wrote it, and what we see in it."""

from rest_framework import serializers

from api.serializers import strict

LONGEST = 1000


class AddressToCheck(strict.Strict):
    """`state` and `zip` are read as they are: nothing is refused for looking odd."""

    street = strict.Text(max_length=LONGEST, allow_blank=True)
    unit = strict.Text(max_length=LONGEST, allow_blank=True, required=False)
    city = strict.Text(max_length=LONGEST, allow_blank=True, required=False)
    state = strict.Text(max_length=LONGEST, allow_blank=True)
    zip = strict.Text(max_length=LONGEST, allow_blank=True)


class SuggestionSerializer(serializers.Serializer):
    street = serializers.CharField()
    unit = serializers.CharField()

    class Meta:
        ref_name = "AddressSuggestion"


class ZipSerializer(serializers.Serializer):
    has_shape = serializers.BooleanField(help_text="Five digits, or nine.")
    states = serializers.ListField(child=serializers.CharField(), help_text="Where it delivers, the likelier first.")
    agrees_with_state = serializers.BooleanField(allow_null=True, help_text="null where our tables cannot say.")

    class Meta:
        ref_name = "ZipCode"


class KindsSerializer(serializers.Serializer):
    po_box = serializers.BooleanField()
    general_delivery = serializers.BooleanField()
    military = serializers.BooleanField()

    class Meta:
        ref_name = "AddressKinds"


class AddressChecked(serializers.Serializer):
    suggestion = SuggestionSerializer(
        allow_null=True, help_text="The unit moved out of the street line, for the person to accept or leave."
    )
    zip = ZipSerializer()
    kinds = KindsSerializer(help_text="Good for mail, and no place to live.")
