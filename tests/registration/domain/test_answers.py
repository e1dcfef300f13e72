from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from registration.applicant import Address, Applicant, Helper, HomeLocation, IdNumber, Name
from registration.domain import answers

text = st.text(max_size=40)
names = st.builds(Name, last=text, first=text, middle=text, single=st.booleans())
addresses = st.builds(Address, street=text, unit=text, city=text, state=text, zip_code=text)
applicants = st.builds(
    Applicant,
    jurisdiction=st.just("JF"),
    citizen=st.sampled_from(["", "yes", "no"]),
    birth_date=st.none() | st.dates(),
    name=names,
    home=addresses,
    no_street_address=st.booleans(),
    home_location=st.builds(HomeLocation, description=text, crossroads=text, landmarks=text),
    id_number=st.builds(IdNumber, licence=text, ssn4=text, ssn=text, other=text, none=st.booleans()),
    party=text,
    race=text,
)


@given(applicants)
def test_answers_survive_the_way_there_and_back(applicant):
    assert answers.from_bytes(answers.to_bytes(applicant)) == applicant


@given(applicants, applicants)
def test_equal_bytes_mean_equal_answers(one, other):
    assert (answers.to_bytes(one) == answers.to_bytes(other)) == (one == other)


def test_optional_parts_come_back_as_they_were(applicant):
    full = replace(
        applicant,
        previous_name=Name(last="Tran", first="Li"),
        mailing=Address(street="PO Box 9", city="Atlanta", state="GA", zip_code="30303"),
        previous_address=Address(
            street="URB Las Gladiolas, 150 Calle A", city="San Juan", state="PR", zip_code="00926"
        ),
        helper=Helper(name="Ana Peña", address="1 Elm St", telephone="404 555 0100"),
        birth_date=date(2004, 2, 29),
    )
    assert answers.from_bytes(answers.to_bytes(full)) == full


def test_nothing_prints_an_answer_by_accident(applicant):
    assert repr(applicant) == "Applicant(GA, ...)"
    assert repr(applicant.id_number) == "IdNumber(...)"
