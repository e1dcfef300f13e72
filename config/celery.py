"""The Celery application: `celery -A config worker -B`."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("enfranchise")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["registration"])
app.conf.beat_schedule = {
    "forget-expired": {"task": "registration.forget_expired", "schedule": crontab(minute=17)},
    "send-mail": {"task": "registration.send_mail", "schedule": crontab()},
}
