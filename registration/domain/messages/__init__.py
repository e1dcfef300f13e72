"""Messages to applicants: the link to their form, reminders, and their form on paper."""

from registration.domain.channels import email_offered, print_offered, sms_offered
from registration.domain.messages.kinds import register_kinds

__all__ = ["email_offered", "print_offered", "register_kinds", "sms_offered"]
