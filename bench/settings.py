"""The system's own settings, with the floors beside its pages."""

from wolong.entrance.settings import *  # noqa: F403

ROOT_URLCONF = "bench.floor"
