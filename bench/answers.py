"""The people and the cover sheet that the form bench uses. All made up."""

from __future__ import annotations

from registration.pdf.content import CoverSheet, Note, NvraAnswers, PersonName, PostalAddress

COVER = CoverSheet(
    title="Register to vote in Jefferson",
    subtitle="Your voter registration form is filled in. These are the steps that only you can take.",
    steps=(
        "Check every answer on the form.",
        "Sign in box 9 with a pen and write today's date next to it.",
        "If you register by mail for the first time in this state, add a copy of a current photo ID, or of a "
        "utility bill, bank statement, paycheck or government document that shows your name and address.",
        "Mail the form to the address on the mailing page.",
        "Three weeks later, look yourself up at vote.jefferson.example.",
    ),
    mail_by="Mail it so that it is postmarked by Monday, October 5, 2026.",
    warning="You are not registered until your election office confirms it.",
    notes=(
        Note(
            "Box 6. ID number",
            "Your Jefferson driver's license number; if you have none, the last four digits of "
            "your Social Security number.",
        ),
        Note("Box 7. Party", "Leave it empty. This state does not register by party."),
        Note("Box 8. Race", "You are asked, and you may leave it empty."),
    ),
    oath="I am a citizen of the United States and of the State of Jefferson.",
    contact=("Jefferson Board of Elections", "555-0100"),
    mail_to=("Board of Elections", "1 Capitol Square", "Monticello, JF 99999"),
    sources=("Jefferson Election Code § 2-108", "National Mail Voter Registration Form, Jefferson"),
)
ORDINARY = NvraAnswers(
    citizen="yes",
    eighteen="yes",
    name=PersonName("Nguyễn", "Katherine", "Anne", "", ""),
    home=PostalAddress("1234 Martin Luther King Jr Blvd", "Apt 4B", "Monticello", "JF", "99999"),
    mailing=PostalAddress("PO Box 771", "", "Monticello", "JF", "99998"),
    birth_date=("02", "29", "1988"),
    telephone="404-555-0123",
    id_number="123456789",
    party="Independent",
    race="Asian",
)
EVERY_BOX = NvraAnswers(
    citizen="yes",
    eighteen="yes",
    name=PersonName("Kahakūʻai-O'Fallon", "Łukasz", "Dvořák", "Jr", "mr"),
    home=PostalAddress("123 1/2 Old Mill Road NW", "Lot 17", "Monticello", "JF", "99999-1234"),
    mailing=PostalAddress("PO Box 771", "", "Monticello", "JF", "99998"),
    birth_date=("11", "03", "1961"),
    telephone="404-555-0123",
    id_number="S123-4567-8901   1234",
    party="Democratic",
    race="White",
    previous_name=PersonName("Smith", "Luke", "Ann", "III", "mr"),
    previous_address=PostalAddress("9 Elm Street", "2", "Macon, Bibb County", "JF", "99990"),
    map_description="White trailer two miles north of the bridge, behind the feed store",
    map_crossroads="County Road 12 and Mill Lane",
    map_landmarks="Mt. Zion Church; gas station",
    helper="Maria de la Cruz, 5 Oak Street, Monticello JF 99999, 404-555-0199",
)
