"""The one place that catches everything: a piece of work fails alone, and the log says where but never what."""

import logging
from collections.abc import Callable

log = logging.getLogger("tocsin.jobs")


def attempt(action: str, work: Callable[[], object]) -> bool:
    """Do a piece of work. False: it failed, which is logged; whatever comes next goes on."""
    try:
        work()
    except Exception as failed:
        # the text of an error may quote what a resident wrote, so only its class and place are kept
        bare = RuntimeError(type(failed).__name__).with_traceback(failed.__traceback__)
        log.exception("failed", exc_info=bare, extra={"action": action})
        return False
    return True
