"""The tick: APScheduler in UTC with nothing kept in it, each job done until nothing is left."""

from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from jobs.parts import Parts
from jobs.running import attempt
from jobs.schedule import SCHEDULE, Job, Part


def run_job(job: Job, parts: Parts) -> None:
    """Do a job until nothing is left; if it fails, the next tick goes on."""

    def until_nothing_is_left() -> None:
        while not parts.stop.is_set() and job.one(parts):
            pass

    attempt(job.name, until_nothing_is_left)


def start_jobs(parts: Parts, part: Part) -> BackgroundScheduler:
    """Start the ticking of one part of the program; ``shutdown`` ends it."""
    scheduler = BackgroundScheduler(timezone=UTC)
    seconds = {"tick": parts.settings.jobs.tick_seconds, "sweep": parts.settings.jobs.sweep_seconds}
    for job in (job for job in SCHEDULE if job.part == part):
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
