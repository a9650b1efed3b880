"""Hypothesis without a stopwatch and with the same examples every time: a flaky test is a bug."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")
