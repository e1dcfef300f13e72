"""Webhook endpoints and the log of what was sent to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.serializers import strict
from registration.domain.webhooks import EVENTS, LONGEST_OVERLAP, SELECTABLE
from registration.models import WebhookEndpoint

STATES = ("waiting", "delivered", "given_up")
LONGEST_SENT, MOST_EVENTS = 2000, 20
MOST_HOURS = int(LONGEST_OVERLAP.total_seconds()) // 3600


def _events(**more: Any) -> serializers.ListField:
    said = f"Of {', '.join(f'`{each}`' for each in SELECTABLE)}; all of them where it is left out of a new endpoint."
    return serializers.ListField(child=strict.Text(), max_length=MOST_EVENTS, required=False, help_text=said, **more)


class EndpointToMake(strict.Strict):
    """An address of yours that gets the messages."""

    url = strict.Text(max_length=LONGEST_SENT, help_text="https on the usual port; its host must be a public one.")
    events = _events()


class EndpointToChange(strict.Strict):
    """What is left out stays as it is."""

    url = strict.Text(max_length=LONGEST_SENT, required=False)
    events = _events()
    enabled = strict.YesNo(required=False, help_text="false: what waits is given up, and nothing is sent.")


class Hours(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            raise ValidationError("invalid", code="invalid")
        return data


class Rotation(strict.Strict):
    overlap_hours = Hours(
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
        help_text="How long the former secret signs, too: 24 where it is left out; 0 where it has leaked.",
    )


class Moment(serializers.DateTimeField):
    """A moment with its zone, "2028-06-01T15:30:00Z"."""

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str):
            raise ValidationError("not_a_string", code="not_a_string")
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise ValueError
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError("invalid", code="invalid") from None


class Recovery(strict.Strict):
    since = Moment(help_text="With its zone. The log goes back 30 days.")


class EndpointSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.ChoiceField(choices=SELECTABLE))
    enabled = serializers.BooleanField()
    disabled_because = serializers.ChoiceField(
        choices=["", *WebhookEndpoint.DisabledBecause.values],
        help_text="`partner`: you did; `gone`: it answered 410; `failing`: nothing arrived for three days.",
    )
    failing_since = serializers.DateTimeField(allow_null=True, help_text="The first failure after the last success.")
    former_secret_until = serializers.DateTimeField(allow_null=True, help_text="Until when two signatures are sent.")
    created_at = serializers.DateTimeField()

    class Meta:
        ref_name = "WebhookEndpoint"


class EndpointWithSecret(EndpointSerializer):
    """The only answer with the secret. Keep it; it cannot be asked for again."""

    secret = serializers.CharField(help_text='"whsec_" and 32 bytes in base64.')

    class Meta:
        ref_name = "WebhookEndpointWithSecret"


class EndpointsSerializer(serializers.Serializer):
    items = EndpointSerializer(many=True)

    class Meta:
        ref_name = "WebhookEndpoints"


class DeliverySerializer(serializers.Serializer):
    id = serializers.UUIDField()
    message = serializers.UUIDField(help_text="The `webhook-id`. Every delivery of one message has the same.")
    endpoint = serializers.UUIDField()
    type = serializers.ChoiceField(choices=EVENTS)
    state = serializers.ChoiceField(choices=STATES)
    attempts = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    last_attempt_at = serializers.DateTimeField(allow_null=True)
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    given_up_at = serializers.DateTimeField(allow_null=True)
    last_status = serializers.IntegerField(allow_null=True, help_text="Of the last answer, where there was one.")
    last_failure = serializers.CharField(allow_blank=True, help_text='A stable code, or "".')
    detail = serializers.CharField(allow_blank=True, help_text="The same as a sentence.")

    class Meta:
        ref_name = "WebhookDelivery"


class DeliveryWithBody(DeliverySerializer):
    body = serializers.CharField(help_text="Exactly what is signed and sent.")

    class Meta:
        ref_name = "WebhookDeliveryWithBody"


class DeliveriesSerializer(serializers.Serializer):
    items = DeliverySerializer(many=True, help_text="The newest first.")
    next = serializers.CharField(allow_null=True, help_text="The `cursor` of the next page; null on the last.")

    class Meta:
        ref_name = "WebhookDeliveries"


class RecoveredSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text="Messages that are sent again, 1000 at most; ask again for the rest.")

    class Meta:
        ref_name = "WebhooksRecovered"
