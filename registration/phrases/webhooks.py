"""What a partner's member is told about webhooks: what is wrong with an address, and how a delivery went."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.problems import ProblemLike

SENTENCES = {
    "webhook_url_required": gettext_noop("Enter the address that gets the messages."),
    "webhook_url_too_long": gettext_noop("Shorten the address to %(limit)s characters or fewer."),
    "webhook_url_shape": gettext_noop("Check the address. Write it like https://www.example.org/hook, without spaces."),
    "webhook_url_not_https": gettext_noop("The address must start with https://."),
    "webhook_url_port": gettext_noop("Leave out the port. Messages go to the usual port of https, 443."),
    "webhook_url_credentials": gettext_noop("Leave out the user name and password before the @."),
    "webhook_url_host": gettext_noop("Check the host name. Write it in ASCII letters, like www.example.org."),
    "webhook_url_unknown_host": gettext_noop("We cannot find this host. Check its name, or try again later."),
    "webhook_url_private": gettext_noop(
        "This host is not on the public internet. Messages go only to servers that everyone can reach."
    ),
    "webhook_events_required": gettext_noop("Choose at least one event."),
    "webhook_event_unknown": gettext_noop("There is no event “%(event)s.”"),
    "webhook_too_many": gettext_noop("You have %(limit)s endpoints, and there can be no more. Remove one first."),
    "webhook_endpoint_off": gettext_noop("This endpoint is off. Turn it on first."),
}
#: Why an attempt failed, by the code in the log.
FAILURES = {
    "refused": gettext_noop("Your server answered that it did not take the message."),
    "redirect": gettext_noop("Your server sent us to another address. We do not follow."),
    "gone": gettext_noop("Your server answered 410 Gone, so we turned the endpoint off."),
    "connect_timeout": gettext_noop("Your server took too long to open a connection."),
    "connect_failed": gettext_noop("We could not connect to your server."),
    "connection_lost": gettext_noop("Your server closed the connection without an answer."),
    "answer_timeout": gettext_noop("Your server took too long to answer."),
    "bad_answer": gettext_noop("Your server’s answer could not be read."),
    "certificate_refused": gettext_noop("Your server’s certificate is not valid for its name."),
    "tls_failed": gettext_noop("No secure connection to your server could be made."),
    "unknown_host": gettext_noop("We could not find your host’s address."),
    "private_address": gettext_noop("Your host’s address is not on the public internet."),
    "target_refused": gettext_noop("The address is not one we send to."),
    "endpoint_off": gettext_noop("The endpoint was off, so we did not send it."),
    "secret_unreadable": gettext_noop("We could not read the endpoint’s secret. Rotate it."),
    "fault": gettext_noop("Something went wrong on our side."),
}
DISABLED_BECAUSE = {
    "partner": gettext_noop("You turned it off."),
    "gone": gettext_noop("Your server answered 410 Gone."),
    "failing": gettext_noop("No message arrived for days."),
}


def webhook_problem(problem: ProblemLike) -> str:
    """What to do about a problem of an endpoint. Raises KeyError for a code without a sentence."""
    return _(SENTENCES[problem.code]) % problem.params


def failure(code: str) -> str:
    """Why an attempt failed; "" for "". Raises KeyError for a code without a sentence."""
    return _(FAILURES[code]) if code else ""


def disabled_because(reason: str) -> str:
    """Why an endpoint is off; "" for "". Raises KeyError for an unknown reason."""
    return _(DISABLED_BECAUSE[reason]) if reason else ""
