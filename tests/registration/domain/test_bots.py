"""What is asked of a form that came too fast or too often, and what counts as done."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from registration.domain import bots
from registration.domain.bots import Sent
from registration.domain.rates import Rate, Standing
from registration.domain.sealing import new_reference

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
REFERENCE, OTHER = "a2b3c4d5e6f7" + "a" * 14, "b" * 26
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.FORM_FASTEST_SECONDS = 4
    settings.FORM_WAIT_SECONDS = 30
    settings.FORM_WORK_BITS = 8


def standing(count: int, limit: int = 60) -> list[Standing]:
    return [Standing(Rate("form_address", limit, 600), count, 300), Standing(Rate("form_network", 10_000, 600), 1, 300)]


def sent(age: timedelta = 10 * SECOND, **more: str) -> Sent:
    return Sent(**{"reference": REFERENCE, "made": bots.stamp(REFERENCE, NOW - age)} | more)


def worked(count: int = 61, at: datetime = NOW) -> dict[str, str]:
    work = bots.work(standing(count), at)
    return {"work": work, "proof": bots.solve(work, REFERENCE)}


def reason(form: Sent, count: int = 1, now: datetime = NOW) -> str | None:
    asked = bots.judge(form, standing(count), now)
    return asked.reason if asked else None


def test_s07_form_of_a_person_is_taken_at_once():
    assert reason(sent()) is None
    assert reason(sent(4 * SECOND)) is None


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (sent(3 * SECOND), "fast"),
        (Sent(REFERENCE), "unstamped"),
        (sent(made="1843486200"), "unstamped"),
        (sent(timedelta(hours=24, seconds=1)), "unstamped"),
        (sent(-timedelta(minutes=2)), "unstamped"),
        (sent(-timedelta(seconds=30)), "fast"),
        (sent(made=bots.stamp(OTHER, NOW - 10 * SECOND)), "unstamped"),
        (sent(made="٣" * 10 + "-" + "a" * 40), "unstamped"),
    ],
)
def test_s07_fast_unstamped_or_expired_form_is_challenged(form, said):
    assert reason(form) == said


def test_changed_second_is_no_stamp():
    second, signature = bots.stamp(REFERENCE, NOW).split("-")
    assert reason(sent(made=f"{int(second) - 60}-{signature}")) == "unstamped"


def test_s30_stamp_of_before_a_change_of_the_secret_key_counts(settings):
    form = sent()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert reason(form) is None
    settings.SECRET_KEY_FALLBACKS = []
    assert reason(form) == "unstamped"


def test_trap_of_zero_seconds_is_off(settings):
    settings.FORM_FASTEST_SECONDS = 0
    assert reason(Sent(REFERENCE)) is None
    assert reason(Sent(REFERENCE), 61) == "many"


def test_text_that_is_no_reference_is_left_to_the_submission():
    assert reason(Sent("no reference"), 1000) is None


def test_s07_over_the_budget_is_challenged_at_the_limit_it_is_not():
    assert (reason(sent(), 60), reason(sent(), 61)) == (None, "many")


def test_s07_work_done_for_this_reference_is_accepted():
    assert reason(sent(**worked()), 1000) is None
    assert reason(Sent(REFERENCE, **worked())) is None


def test_s07_proof_of_another_reference_is_refused():
    work = bots.work(standing(61), NOW)
    proof = next(p for p in (bots.solve(work, new_reference()) for _ in range(50)) if p != bots.solve(work, REFERENCE))
    assert not bots.is_solved(Sent(OTHER, work=work, proof=bots.solve(work, REFERENCE)), NOW)
    assert reason(sent(work=work, proof=proof), 61) == "many"


@pytest.mark.parametrize("proof", ["", "0.0.0.0.0.0.0.0", "1", "a.b", "-1" + ".0" * 7, ".".join(["4294967296"] * 8)])
def test_wrong_proof_is_refused(settings, proof):
    settings.FORM_WORK_BITS = 20
    work = bots.work(standing(61), NOW)
    assert reason(sent(work=work, proof=proof), 61) == "many"


def test_work_that_is_not_ours_or_too_old_is_refused():
    made = worked()
    easier = made["work"].replace("-8-", "-3-")
    assert not bots.is_solved(sent(work=easier, proof=bots.solve(easier, REFERENCE)), NOW)
    assert bots.is_solved(sent(**made), NOW + timedelta(hours=24))
    assert not bots.is_solved(sent(**made), NOW + timedelta(hours=24, seconds=1))
    stamp = bots.stamp("", NOW)
    assert not bots.is_solved(sent(work=stamp, proof=made["proof"]), NOW)
    with pytest.raises(ValueError, match="no work"):
        bots.solve(stamp, REFERENCE)


def test_wait_is_enough_once_it_is_over_and_does_not_begin_anew():
    first = bots.judge(sent(), standing(61), NOW)
    again = sent(waited=first.waited)
    early = bots.judge(again, standing(90), NOW + 11 * SECOND)
    assert (first.seconds, early.seconds, early.waited) == (31, 20, first.waited)
    assert reason(again, 90, NOW + 31 * SECOND) is None
    assert reason(again, 90, NOW + timedelta(hours=24)) is None
    assert reason(again, 90, NOW + timedelta(hours=24, seconds=32)) == "many"


def test_wait_counts_for_its_reference_only():
    waited = bots.judge(sent(), standing(61), NOW).waited
    other = Sent(OTHER, bots.stamp(OTHER, NOW - 10 * SECOND), waited=waited)
    assert reason(other, 61, NOW + 60 * SECOND) == "many"


@pytest.mark.parametrize(("count", "seconds"), [(61, 31), (100, 70), (10_000, 300)])
def test_wait_grows_with_the_count_and_has_an_end(count, seconds):
    assert bots.judge(sent(), standing(count), NOW).seconds == seconds


def test_who_was_only_fast_waits_as_long_as_a_form_takes():
    assert [bots.judge(form, standing(1), NOW).seconds for form in (sent(SECOND), Sent(REFERENCE))] == [4, 4]


@pytest.mark.parametrize(("count", "bits"), [(0, 8), (61, 8), (119, 8), (120, 9), (240, 10), (480, 11), (10**6, 11)])
def test_work_grows_with_the_count_and_has_an_end(count, bits):
    assert bots.work(standing(count), NOW).split("-")[1] == str(bits)


@pytest.mark.parametrize(("count", "near"), [(29, False), (30, True), (61, True)])
def test_work_is_offered_from_half_the_limit_on(count, near):
    assert bots.is_near(standing(count)) is near


def test_page_that_comes_back_keeps_what_is_worth_something():
    asked = bots.judge(sent(), standing(61), NOW)
    good = sent(**worked(), waited=asked.waited)
    assert bots.kept(good, REFERENCE, NOW) == good
    nothing = Sent(REFERENCE, "x", "y", "z", "w")
    assert bots.kept(nothing, REFERENCE, NOW) == Sent(REFERENCE, bots.stamp(REFERENCE, NOW))


def test_new_reference_on_the_same_page_keeps_the_time_and_nothing_else():
    kept = bots.kept(sent(**worked()), OTHER, NOW)
    assert kept == Sent(OTHER, bots.stamp(OTHER, NOW - 10 * SECOND))


def test_proof_is_what_the_document_says():
    made = worked()
    seed = hashlib.sha256(f"{made['work']}:{REFERENCE}".encode()).digest()
    numbers = [int(number) for number in made["proof"].split(".")]
    texts = [seed + part.to_bytes(4, "big") + number.to_bytes(4, "big") for part, number in enumerate(numbers)]
    assert [hashlib.sha256(text).digest()[0] >> 3 for text in texts] == [0] * 8
