from __future__ import annotations

from datetime import date

import pytest

from state_rules import Jurisdiction, form_needs


def test_form_needs_of_the_fixture_state(jefferson: Jurisdiction) -> None:
    needs = form_needs(jefferson, date(2026, 3, 2))
    assert (needs.acceptance, needs.boxes) == ("registers", frozenset("123456789ABCD"))
    assert needs.mail_to.value.lines[-1] == "Monticello, JF 99901"
    assert (needs.id_number.value.kind, needs.id_number.value.if_none) == ("licence_or_ssn4", "write_none")
    assert (needs.party.confidence, needs.party.value.no_party) == ("medium", "Unaffiliated")
    assert needs.race.value.asked == "requested"
    assert needs.pages.value.status == "https://vote.jefferson.example/status"
    assert needs.office.value.telephone == "(404) 555-0100"


def test_form_needs_before_the_data_says_so(jefferson: Jurisdiction) -> None:
    with pytest.raises(LookupError, match="the data begins later"):
        form_needs(jefferson, date(2019, 12, 31))
