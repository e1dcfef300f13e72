import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.applicant import Address
from registration.domain import addresses
from registration.domain.addresses import Suggestion
from state_rules import JURISDICTIONS
from tests.registration.domain.test_validation_places import ODD_STREETS


@pytest.mark.parametrize("street", ODD_STREETS)
def test_odd_streets_get_no_suggestion(street):
    address = Address(street=street)
    assert addresses.suggestion(address) is None
    assert not addresses.is_po_box(street)
    assert not addresses.is_military(address)


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ("123 Main St Apt 4B", Suggestion("123 Main St", "Apt 4B")),
        ("123 Main St, Apt. 4B", Suggestion("123 Main St", "Apt. 4B")),
        ("123 Main St Unit 2", Suggestion("123 Main St", "Unit 2")),
        ("123 Main St #5", Suggestion("123 Main St", "#5")),
        ("456 County Road 12 Lot 7", Suggestion("456 County Road 12", "Lot 7")),
    ],
)
def test_a_unit_at_the_end_is_suggested_for_its_own_box(street, expected):
    assert addresses.suggestion(Address(street=street)) == expected
    assert addresses.suggestion(Address(street=street, unit="9")) is None


def test_a_very_long_street_is_never_parsed():
    assert addresses.suggestion(Address(street="1 Main St Apt 4 " * 20)) is None


@given(st.text(max_size=250))
def test_no_street_raises(street):
    address = Address(street=street, city=street)
    addresses.suggestion(address)
    assert isinstance(addresses.is_po_box(street), bool)
    assert isinstance(addresses.is_military(address), bool)


@pytest.mark.parametrize(
    ("zip_code", "states"),
    [
        ("30303", ("GA",)), ("30303-1234", ("GA",)), ("00926", ("PR",)), ("00802", ("VI",)), ("20001", ("DC",)),
        ("06390", ("NY",)), ("06320", ("CT",)), ("20598", ("VA",)), ("73960", ("TX", "OK")), ("83414", ("WY",)),
        ("96799", ("AS",)), ("96950", ("MP",)), ("96910", ("GU",)), ("99501", ("AK",)), ("88510", ("TX",)),
        ("42223", ("KY", "TN")), ("89439", ("NV", "CA")), ("97635", ("OR", "CA")), ("59221", ("MT", "ND")),
        ("63673", ("MO", "IL")), ("86515", ("AZ", "NM")), ("71749", ("AR", "LA")), ("86514", ("AZ", "NM", "UT")),
        ("09012", ("AE",)), ("00000", ()), ("213", ()), ("ABCDE", ()), ("", ()), ("300303", ()),
    ],
)  # fmt: skip
def test_states_of_a_zip(zip_code, states):
    assert addresses.states_of_zip(zip_code) == states


@pytest.mark.parametrize(
    ("zip_code", "state", "expected"),
    [
        ("30303", "GA", True), ("30303", "AL", False), ("30303", "ga", True), ("06320", "NY", True),
        ("83401", "WY", True), ("73901", "TX", True), ("96799", "HI", True), ("42223", "TN", True),
        ("00000", "GA", None), ("", "GA", None), ("30303", "", None), ("30303", "JF", None),
    ],
)  # fmt: skip
def test_zip_against_state(zip_code, state, expected):
    assert addresses.zip_matches_state(zip_code, state) is expected


def test_every_jurisdiction_has_zips_and_every_zip_code_is_one_of_ours():
    others = {"AA", "AE", "AP", "FM", "MH", "PW"}
    assert addresses.known_states() == set(JURISDICTIONS) | others
    prefixes = [f"{number:03}00" for number in range(1000)]
    assert len([prefix for prefix in prefixes if addresses.states_of_zip(prefix)]) == 933
