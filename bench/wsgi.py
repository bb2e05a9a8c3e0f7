"""The same door as the system's, with the floors beside its pages."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

from wolong.entrance.wsgi import application

__all__ = ["application"]
