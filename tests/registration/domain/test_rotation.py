"""Keys are changed while the site writes; nothing is lost, and damage is found."""

import base64
import threading
from datetime import UTC, datetime
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import BinaryField

from registration.domain import rotation
from registration.domain.audit import Order
from registration.domain.encrypted_columns import COLUMNS, NOT_ENCRYPTED, Column
from registration.domain.field_encryption import Place, decrypt, encrypt, key_named
from registration.domain.mail import Letter, post
from registration.domain.wrapping import unwrap, wrap
from registration.models import AuditEntry, Contact, Mail, Outbox, Partner, Subscription, WebhookEndpoint
from tests.members import make_person

OLD, NEW = f"old:{'o' * 32}", f"new:{'n' * 32}"
NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
ORDER = Order("Ana", "The yearly change.", NOW)
pytestmark = pytest.mark.django_db


def never(_rows: int) -> None:
    """No pause."""


def use(settings, *keys: str) -> None:
    settings.FIELD_KEYS = settings.DELIVERY_KEYS = list(keys)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("keys", *arguments, stdout=out)
    return out.getvalue()


def make_contact(partner: Partner, text: str) -> Contact:
    contact = Contact(partner=partner, jurisdiction="GA", language="en", withdrawal_hash=uuid4().bytes * 2,
                      created_at=NOW, expires_at=NOW)  # fmt: skip
    contact.email = encrypt(text, Place("contact", "email", str(contact.pk)))
    contact.save(force_insert=True)
    return contact


def make_everything(partner: Partner) -> None:
    """A value in every column."""
    contact = make_contact(partner, "a@example.org")
    for name in ("name", "phone", "zip_code"):
        setattr(contact, name, encrypt(name, Place("contact", name, str(contact.pk))))
    contact.save()
    subscription = Subscription(jurisdiction="GA", language="en", zone="UTC", token_hash=b"t" * 32,
                                created_at=NOW, expires_at=NOW)  # fmt: skip
    for name in ("email", "phone", "token"):
        setattr(subscription, name, encrypt(name, Place("subscription", name, str(subscription.pk))))
    subscription.save()
    endpoint = WebhookEndpoint(partner=partner, url="https://example.org/", created_at=NOW)
    for name in ("secret", "former_secret"):
        setattr(endpoint, name, encrypt(name, Place("webhookendpoint", name, str(endpoint.public_id))))
    endpoint.save()
    post(Letter("a@example.org", "Hello", "Text"), NOW)
    row = Outbox(kind="link_email", ref_id=uuid4(), dedupe_key=str(uuid4()), created_at=NOW)
    row.payload = wrap({"to": "a@example.org"}, row.pk)
    row.save()
    make_person("a@example.org")


@pytest.fixture
def partner() -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)


def test_every_binary_column_is_in_the_list_or_says_why_not():
    binary = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("registration").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    }
    listed = {f"{each.model.__name__}.{each.name}" for each in COLUMNS if isinstance(each, Column)}
    assert listed | set(NOT_ENCRYPTED) == binary
    assert not listed & set(NOT_ENCRYPTED)


def test_s30_rotation_reaches_every_column_and_the_old_key_is_needed_no_more(settings, partner):
    use(settings, OLD)
    make_everything(partner)
    assert all(counts.total() for counts in rotation.by_key().values())
    use(settings, NEW, OLD)
    assert rotation.left() == 13
    done = rotation.rotate(ORDER, never)
    assert (done.rows, done.unreadable, rotation.left()) == (13, set(), 0)
    use(settings, NEW)
    assert list(rotation.unreadable(never)) == []
    row = Outbox.objects.get()
    assert unwrap(bytes(row.payload), row.pk) == {"to": "a@example.org"}
    entry = AuditEntry.objects.get(action="fields_rotated")
    assert (entry.who, entry.details) == ("Ana", {"rows": 13, "left": 0})


def test_rotation_that_was_stopped_goes_on_where_it_was(settings, partner):
    use(settings, OLD)
    for number in range(250):
        make_contact(partner, str(number))
    use(settings, NEW, OLD)

    class Stopped(Exception):
        pass

    def stop(_rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rotation.rotate(ORDER, stop)
    assert rotation.left() == 150
    assert rotation.rotate(ORDER, never).rows == 150


def test_rotation_does_not_overwrite_what_changed_since_it_read(settings, partner):
    use(settings, OLD)
    contact = make_contact(partner, "before")
    use(settings, NEW, OLD)
    column = next(each for each in COLUMNS if each.title == "contact.email")
    (read,) = column.batch(None, 10, old_only=True)
    place = Place("contact", "email", str(contact.pk))
    Contact.objects.update(email=encrypt("after", place))
    assert column.write(read, lambda _value, place: encrypt("before", place)) is False
    assert decrypt(bytes(Contact.objects.get().email), place) == "after"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_s30_rotation_beside_writers_loses_nothing(settings):
    use(settings, OLD)
    with transaction.atomic():
        partner = Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)
        texts = {make_contact(partner, f"{number}@example.org").pk: f"{number}@example.org" for number in range(300)}
    stop, failures = threading.Event(), []

    def write(thread: int) -> None:
        """Makes contacts and changes those of this thread, as the site does under either order of the keys."""
        mine = [key for number, key in enumerate(list(texts)[:300]) if number % 4 == thread]
        turn = 0
        try:
            while not stop.is_set():
                turn += 1
                key = mine[turn % len(mine)]
                text = f"{thread}.{turn}@example.org"
                place = Place("contact", "email", str(key))
                Contact.objects.filter(pk=key).update(email=encrypt(text, place))
                texts[key] = text
                made = make_contact(partner, text)
                texts[made.pk] = text
                if (
                    decrypt(bytes(Contact.objects.get(pk=made.pk).email), Place("contact", "email", str(made.pk)))
                    != text
                ):
                    failures.append(text)
        except Exception as error:  # noqa: BLE001  the test says what it was
            failures.append(repr(error))
        finally:
            connection.close()

    use(settings, NEW, OLD)
    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    done = rotation.Rotated()
    for column in COLUMNS:
        rotation._rotate(column, done, lambda _rows: stop.wait(0.05))
    stop.set()
    for each in threads:
        each.join()
    assert (failures, done.unreadable, rotation.left()) == ([], set(), 0)
    use(settings, NEW)
    for key, text in texts.items():
        assert decrypt(bytes(Contact.objects.get(pk=key).email), Place("contact", "email", str(key))) == text


def test_r28_value_with_a_changed_byte_is_named_and_left_alone(settings, partner, caplog):
    use(settings, OLD)
    good, bad = make_contact(partner, "good"), make_contact(partner, "bad")
    damaged = bytearray(bytes(bad.email))
    damaged[-1] ^= 1
    Contact.objects.filter(pk=bad.pk).update(email=bytes(damaged))
    with pytest.raises(CommandError, match="1 values cannot be read"):
        run("verify")
    assert [each.row for each in caplog.records if each.msg == "an encrypted value cannot be read"] == [str(bad.pk)]
    use(settings, NEW, OLD)
    done = rotation.rotate(ORDER, never)
    assert (done.rows, done.unreadable) == (1, {rotation.Unreadable("contact.email", str(bad.pk))})
    assert bytes(Contact.objects.get(pk=bad.pk).email) == bytes(damaged)
    assert key_named(bytes(Contact.objects.get(pk=good.pk).email)) == "new"


def test_r28_factor_that_is_no_longer_text_is_named(settings):
    use(settings, OLD)
    make_person("a@example.org")
    model = apps.get_model("mfa", "Authenticator")
    row = model.objects.get(type="totp")
    damaged = bytearray(base64.b64decode(row.data["secret"]))
    damaged[20] ^= 1
    row.data["secret"] = base64.b64encode(damaged).decode()
    row.save()
    assert [each.row for each in rotation.unreadable(never)] == [str(row.pk)]


def test_keys_command_says_what_is_left(settings, partner):
    use(settings, OLD)
    make_contact(partner, "a")
    use(settings, NEW, OLD)
    assert run("list") == "FIELD_KEYS: new writes, old reads\nDELIVERY_KEYS: new writes, old reads\n"
    with pytest.raises(CommandError, match="1 values are not under the first key"):
        run("status")
    out = run("rotate", "--by", "Ana", "--reason", "The yearly change.", "--per-second", "100000")
    assert out.startswith("1 rows were written again.\n")
    assert out.endswith("Everything is under the first key of its ring.\n")
    assert run("verify", "--per-second", "100000") == "Every encrypted value can be read.\n"
    assert not Mail.objects.exists()
