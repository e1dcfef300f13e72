"""The Celery application: `celery -A config worker -Q mail,sms,print`. What comes again and again is the relay's."""

import os

from celery import Celery
from celery.signals import worker_init

from config import boot

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("enfranchise", fixups=["config.celery_database:fixup"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["registration"])
worker_init.connect(boot.before_work)
