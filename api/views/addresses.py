"""What an address looks like. Suggests, never changes or refuses; nothing of it is kept."""

from __future__ import annotations

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import ApiView
from api.examples import ADDRESS
from api.openapi import answered, example
from api.serializers.addresses import AddressChecked, AddressToCheck
from api.serializers.strict import read
from registration.applicant import Address
from registration.domain import addresses


class AddressCheck(ApiView):
    """Does the ZIP code fit the state, and does a unit stand in the street line?

    An unusual address is not wrong: the answer is always 200, and a person decides. No key is needed.
    """

    @answered("Check an address", AddressToCheck, AddressChecked, examples=[example("An apartment", ADDRESS)])
    def post(self, request: Request) -> Response:
        sent = read(AddressToCheck, request.data)
        address = Address(
            sent["street"], sent.get("unit", ""), sent.get("city", ""), sent["state"].strip().upper(), sent["zip"]
        )
        suggestion = addresses.suggestion(address)
        return Response(
            {
                "suggestion": {"street": suggestion.street, "unit": suggestion.unit} if suggestion else None,
                "zip": {
                    "has_shape": bool(addresses.zip5(address.zip_code)),
                    "states": list(addresses.states_of_zip(address.zip_code)),
                    "agrees_with_state": addresses.zip_matches_state(address.zip_code, address.state),
                },
                "kinds": {
                    "po_box": addresses.is_po_box(address.street),
                    "general_delivery": addresses.is_general_delivery(address.street),
                    "military": addresses.is_military(address),
                },
            }
        )


urlpatterns = [path("addresses/check/", AddressCheck.as_view(), name="address-check")]
