"""Runs jobs: the tick, one broad except, and a clean stop."""

import logging
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from jobs.parts import Parts
from jobs.schedule import SCHEDULE, Job

log = logging.getLogger("tocsin.jobs")


def run_job(job: Job, parts: Parts) -> None:
    """Do a job until nothing is left. Whatever goes wrong is logged and the next tick goes on."""
    try:
        while not parts.stop.is_set() and job.one(parts):
            pass
    except Exception as failed:
        # the text of an error may quote what a resident wrote, so only its class and place are kept
        bare = RuntimeError(type(failed).__name__).with_traceback(failed.__traceback__)
        log.exception("job failed", exc_info=bare, extra={"action": job.name})


def start_jobs(parts: Parts) -> BackgroundScheduler:
    """Start ticking, in UTC, with nothing kept in the scheduler; ``shutdown`` ends it."""
    scheduler = BackgroundScheduler(timezone=UTC)
    seconds = {"tick": parts.settings.jobs.tick_seconds, "sweep": parts.settings.jobs.sweep_seconds}
    for job in SCHEDULE:
        scheduler.add_job(
            run_job,
            "interval",
            args=[job, parts],
            seconds=seconds[job.every],
            id=job.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler
