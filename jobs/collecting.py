"""Python's own tidying, set for a program that runs for weeks."""

import gc

_NEW_OBJECTS = 50_000


def collect_seldom() -> None:
    """What has been loaded so far is never looked through again, and new objects only when there are many.

    Rows and their sessions come and go in such numbers that the default (700) spends an eighth of intake's time on
    looking for cycles. Called once, when the parts are loaded and before their threads start.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 100)
