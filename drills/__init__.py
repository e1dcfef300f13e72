"""Faults on purpose: the real services are broken under load, and an oracle says what held. ``python -m drills``."""
