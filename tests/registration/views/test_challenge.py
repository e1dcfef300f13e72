"""Forms that come too fast or too often are taken after some work or a wait; none is refused, nothing typed is lost."""

import re
import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from registration.domain import bots, rates
from registration.domain.last_known import Outage
from registration.models import Application, RateWindow
from tests.browser.hosting import partner_at
from tests.registration.flat_answers import PERSON

pytestmark = pytest.mark.django_db
BEGAN = datetime.fromisoformat("2028-06-01 15:30:00+00:00")
GEORGIA = {**PERSON, "home_city": "Atlanta", "home_zip": "30303", "licence": "057123456", "race": ""}
CARRIED = ("reference", "made", "work", "proof", "waited")


@pytest.fixture(autouse=True)
def _limits(settings, monkeypatch):
    settings.FORM_FASTEST_SECONDS = 4
    settings.FORM_WORK_BITS = 8
    monkeypatch.setattr(rates, "_own", rates._OwnCount())
    monkeypatch.setattr(rates, "_outage", Outage())


@pytest.fixture
def tight(settings):
    """Two forms in ten minutes."""
    settings.FORM_RATES = {"address": "2/600", "network": "1000/600", "misses": "3/600"}


class Visitor:
    """A person or a program with one form open."""

    def __init__(self, look, address="192.0.2.1", path="/apply/ga/") -> None:
        self.look, self.path = look, path
        self.client = Client(REMOTE_ADDR=address)
        self.page = look(self.client.get(path))

    @property
    def carried(self) -> dict[str, str]:
        return {name: self.page.value(name) for name in CARRIED}

    @property
    def asked(self) -> str:
        """The work that the page asks for."""
        found = re.search(r' data-challenge="([^"]*)"', self.page.html)
        return found[1] if found else ""

    def post(self, after: float, **more: str) -> int:
        """The status of sending the page's form that many seconds after the day of the tests began."""
        with time_machine.travel(BEGAN + timedelta(seconds=after), tick=False):
            response = self.client.post(self.path, {**GEORGIA, **self.carried, **more})
        self.page = self.look(response)
        return response.status_code

    def solve(self) -> dict[str, str]:
        return {"work": self.asked, "proof": bots.solve(self.asked, self.carried["reference"])}


def fill_up(look, count: int = 2, address: str = "192.0.2.1") -> None:
    assert [Visitor(look, address).post(10) for _ in range(count)] == [200] * count


def test_s07_form_of_a_person_is_taken_at_once(look):
    assert Visitor(look).post(4) == 200


def test_s07_filled_trap_comes_back_even_with_a_good_stamp(look):
    visitor = Visitor(look)
    assert visitor.post(10, website="https://spam.example/") == 422
    assert "Something was filled in by a program" in visitor.page.html
    assert Application.objects.count() == 0


def test_s07_fast_form_is_challenged_and_keeps_everything_typed(look):
    visitor = Visitor(look)
    assert visitor.post(3) == 429
    assert visitor.page.response["Retry-After"] == "4"
    assert "no-store" in visitor.page.response["Cache-Control"]
    assert Application.objects.count() == 0
    assert [visitor.page.value(name) for name in ("last_name", "home_street")] == ["Nguyễn", "123 1/2 Main St"]
    assert visitor.page.chosen("citizen") == ["yes"]
    assert "057123456" not in visitor.page.html
    for sentence in (
        "One more moment, please",
        "This form came back to us very fast.",
        "You did nothing wrong. All your other answers are still here.",
        "Please wait 4 seconds. Then go on to the end and press “Make my form” again.",
        "We never send ID numbers back to a page. Please type yours again.",
    ):
        assert sentence in visitor.page.html


def test_s07_wait_is_accepted_without_a_script_and_not_before_its_end(look, tight):
    fill_up(look)
    visitor = Visitor(look)
    waits = []
    for second in (10, 20, 40):
        assert visitor.post(second) == 429
        waits.append(visitor.page.response["Retry-After"])
    assert waits == ["31", "21", "1"]
    assert "Please wait 1 second. Then go on to the end and press “Make my form” again." in visitor.page.html
    assert visitor.post(41) == 200
    assert Application.objects.count() == 3


def test_s07_proof_is_accepted_at_once(look):
    visitor = Visitor(look)
    assert visitor.post(1) == 429
    assert visitor.post(1, **visitor.solve()) == 200
    assert Application.objects.count() == 1


def test_s07_wrong_proof_is_challenged_again(look, settings):
    settings.FORM_WORK_BITS = 20
    visitor = Visitor(look)
    assert visitor.post(1) == 429
    assert visitor.post(1, work=visitor.asked, proof="0.0.0.0.0.0.0.0") == 429
    assert (visitor.page.value("work"), visitor.page.value("proof")) == ("", "")


def test_s07_proof_replayed_with_another_reference_is_challenged(look, tight, settings):
    settings.FORM_WORK_BITS = 14
    fill_up(look)
    first = Visitor(look)
    assert first.post(10) == 429
    solved = first.solve()
    assert first.post(10, **solved) == 200
    assert [Visitor(look).post(10, **solved) for _ in range(3)] == [429] * 3
    assert Application.objects.count() == 3


@pytest.mark.parametrize("made", ["", "x", "1843486200-" + "a" * 40])
def test_s07_missing_or_forged_stamp_is_challenged(look, made):
    visitor = Visitor(look)
    assert visitor.post(60, made=made) == 429
    assert "This page was open for a long time, or it was not complete." in visitor.page.html
    # The page that came back has a stamp of its own.
    assert [visitor.post(63), visitor.post(64)] == [429, 200]


def test_s07_expired_stamp_is_challenged(look):
    visitor = Visitor(look)
    assert visitor.post(24 * 3600 + 1) == 429
    assert visitor.post(24 * 3600 + 40) == 200


def test_switching_the_language_or_a_mistake_does_not_begin_the_time_anew(look):
    visitor = Visitor(look)
    made = visitor.page.value("made")
    assert visitor.post(2, first_name="") == 422
    assert visitor.post(3, switch_language="es") == 200
    assert visitor.page.value("made") == made
    assert visitor.post(4) == 200


def test_other_answers_under_a_used_reference_may_be_sent_at_once(look):
    visitor = Visitor(look)
    fields = visitor.carried
    assert visitor.post(10) == 200
    visitor.page = look(visitor.client.post("/apply/ga/", {**GEORGIA, **fields, "first_name": "Lukas"}))
    assert visitor.page.response.status_code == 409
    assert visitor.page.value("reference") != fields["reference"]
    assert visitor.post(11, first_name="Lukas") == 200
    assert Application.objects.count() == 2


def test_text_that_is_no_reference_is_told_so_and_not_to_wait(look):
    visitor = Visitor(look)
    assert visitor.post(10, reference="no reference", made="") == 422
    assert "This page was not complete. Please send the form again." in visitor.page.html


def test_s07_over_the_budget_is_a_challenge_and_no_refusal(look, tight, caplog):
    fill_up(look)
    visitor = Visitor(look)
    assert visitor.post(10) == 429
    assert visitor.page.response["Retry-After"] == "31"
    assert "Many forms come from where you are." in visitor.page.html
    assert visitor.post(12, **visitor.solve()) == 200
    other = Visitor(look)
    assert [other.post(10), other.post(30), other.post(60)] == [429, 429, 200]
    assert [(each.msg, each.code, each.count) for each in caplog.records if "many forms" in each.msg] == [
        ("many forms from one place", "address", 3)
    ]


def test_form_that_was_made_before_is_given_again_over_the_budget(look, tight):
    first = Visitor(look)
    fields = first.carried
    assert first.post(10) == 200
    fill_up(look, 1)
    assert first.client.post("/apply/ga/", {**GEORGIA, **fields}).status_code == 200
    assert first.client.post("/apply/ga/", {**GEORGIA, **fields}).status_code == 200
    assert Application.objects.count() == 2


def test_other_addresses_are_not_challenged_but_their_network_is_counted(look, tight, settings):
    settings.FORM_RATES = settings.FORM_RATES | {"network": "4/600"}
    fill_up(look, 2, "192.0.2.1")
    fill_up(look, 2, "192.0.2.2")
    assert Visitor(look, "192.0.2.3").post(10) == 429
    assert Visitor(look, "198.51.100.3").post(10) == 200


def test_s26_only_the_trusted_hop_is_believed_at_the_form(look, tight, settings):
    settings.TRUSTED_PROXIES = 1
    statuses = []
    for number in range(4):
        visitor = Visitor(look)
        visitor.client.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}, 203.0.113.9"
        statuses.append(visitor.post(10))
    assert statuses == [200, 200, 429, 429]


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:2::7", "2001:db8:1:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:2:2::7", False),
        ("::ffff:192.0.2.1", "192.0.2.9", True),
        ("nonsense", "other nonsense", True),
        ("192.0.2.0", "nonsense", False),
    ],
)
def test_guest_of_a_network(one, another, same):
    assert (rates.guest_of_network(one, "") == rates.guest_of_network(another, "")) is same
    assert rates.guest_of_network(one, "") != rates.guest_of_address(one, "")


def test_s07_500_forms_from_one_address_are_all_made(look, settings):
    settings.FORM_RATES = settings.FORM_RATES | {"address": "60/600", "network": "300/600"}
    challenged = 0
    for _ in range(500):
        visitor = Visitor(look)
        status = visitor.post(10)
        if status == 429:
            challenged += 1
            status = visitor.post(11, **visitor.solve())
        assert status == 200
    assert Application.objects.count() == 500
    assert challenged == 440


def test_counts_hold_no_address(look, tight):
    fill_up(look)
    guests = RateWindow.objects.values_list("guest", "count")
    assert sorted((guest.partition(":")[0], count) for guest, count in guests) == [
        ("form_address", 2),
        ("form_network", 2),
    ]
    assert [guest for guest, _count in guests if "192.0.2" in guest] == []


ELIGIBLE = {"step": "eligibility", "citizen": "yes", "birth_month": "2", "birth_day": "28", "birth_year": "1990",
            "eighteen": "yes", "other_rule": "no"}  # fmt: skip


def test_s07_step_check_carries_the_work_near_the_limit_so_that_the_form_never_comes_back(look, tight):
    check = "/apply/ga/check/"
    visitor = Visitor(look)
    assert set(visitor.client.post(check, ELIGIBLE).json()) == {"problems", "outcome"}
    fill_up(look, 1)
    before = list(RateWindow.objects.values_list("guest", "count"))
    said = visitor.client.post(check, ELIGIBLE).json()
    assert said["problems"] == []
    assert list(RateWindow.objects.values_list("guest", "count")) == before
    fill_up(look, 1)
    proof = bots.solve(said["work"], visitor.carried["reference"])
    assert visitor.post(10, work=said["work"], proof=proof) == 200


def test_step_with_a_problem_and_no_step_carry_no_work(look, tight):
    fill_up(look)
    visitor = Visitor(look)
    for answers in ({"step": "nowhere"}, ELIGIBLE | {"citizen": ""}):
        assert "work" not in visitor.client.post("/apply/ga/check/", answers).json()


def test_challenge_goes_on_where_the_number_has_to_be_typed_else_at_the_end(look):
    visitor = Visitor(look)
    visitor.post(1)
    start = re.search(r' data-start="([^"]*)"', visitor.page.html)[1]
    section = visitor.page.html.partition(f'data-step="{start}"')[2].partition("</section>")[0]
    assert 'name="licence"' in section
    visitor.post(1, id_choice="none", licence="")
    assert ' data-start="review"' in visitor.page.html
    assert "We never send ID numbers back to a page" not in visitor.page.html


@pytest.mark.parametrize("path", ["/es/apply/ga/", "/embed/acme/apply/ga/"])
def test_other_doors_challenge_as_well(look, path):
    partner_at("https://acme.example")
    visitor = Visitor(look, path=path)
    assert visitor.post(1) == 429
    assert f'action="{path}"' in visitor.page.html
    assert visitor.post(1, **visitor.solve()) == 200


def test_wrong_codes_get_429_and_an_alert_and_right_ones_always_open(look, tight, caplog):
    visitor = Visitor(look)
    code = visitor.carried["reference"]
    assert visitor.post(10) == 200
    statuses = [visitor.client.post("/form/", {"reference": f"{n}" * 26}).status_code for n in range(2, 7)]
    assert statuses == [404, 404, 404, 429, 429]
    refused = look(visitor.client.post("/form/", {"reference": "a" * 26}))
    assert refused.headings == ["Too many wrong codes"]
    assert 0 < int(refused.response["Retry-After"]) <= 600
    assert "A right code always works" in refused.html
    right = visitor.client.post("/form/", {"reference": code})
    assert (right.status_code, right["Content-Type"]) == (200, "application/pdf")
    assert [(each.msg, each.count) for each in caplog.records if "codes" in each.msg] == [
        ("many codes that open nothing from one address", 4)
    ]
    assert Visitor(look, "198.51.100.3").client.post("/form/", {"reference": "a" * 26}).status_code == 404


def test_right_codes_are_not_counted_as_guesses(look, tight):
    visitor = Visitor(look)
    code = visitor.carried["reference"]
    assert visitor.post(10) == 200
    assert {visitor.client.post("/form/", {"reference": code}).status_code for _ in range(6)} == {200}
    assert visitor.client.post("/form/", {"reference": "a" * 26}).status_code == 404


def test_wrong_codes_for_contacts_count_with_the_others(look, tight):
    client = Visitor(look).client
    doors = ["/contact/withdraw/", "/form/", "/contact/withdraw/", "/contact/withdraw/"]
    assert [client.post(door, {"reference": "a" * 26}).status_code for door in doors] == [404, 404, 404, 429]


def test_wrong_codes_for_messages_count_with_the_others(look, tight):
    client = Visitor(look).client
    sent = [{"token": "a" * 26, "do": what} for what in ("mailed", "stop_email", "stop_sms", "mailed")]
    assert [client.post("/m/", each).status_code for each in sent] == [404, 404, 404, 429]


def test_looking_counts_nothing():
    rate = rates.Rate("form_address", 5, 600)
    assert [rates.look(rate, "guest", time.time()).count for _ in range(3)] == [0, 0, 0]
    rates.take(rate, "guest", time.time())
    assert [rates.look(rate, "guest", time.time()).count for _ in range(3)] == [1, 1, 1]
    assert rates.look(rate, "guest", time.time() + 600).count == 0
