"""Open cases in great number, for measuring what clocks cost: a few are made, and copied in the database itself."""

from datetime import timedelta

from sqlalchemy import Engine, Table, text

from jobs.parts import Parts
from models.case import Case
from models.clock import london_date
from models.council import sync_officers
from models.db import writing
from models.people import Complainant

_NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last) ",
    "postgresql": "WITH numbers(n) AS (SELECT generate_series(cast(:first AS integer), cast(:last AS integer))) ",
}
_CHANGED = {"id": "n", "reference": "'B26-' || n", "thread_key": "'bench-' || n"}


def made_cases(parts: Parts, count: int) -> None:
    """So many new cases, each owned by an officer of its own, due on one of the next days and looked at then."""
    now = parts.clock.now()
    with writing(parts.engine) as session:
        sync_officers(session, parts.settings)
        session.add(Complainant(id=1, name="Somebody"))
        session.flush()
        for number in range(1, count + 1):
            later = now + timedelta(days=20 + number)
            case = Case(
                id=number,
                reference=f"B26-{number}",
                areas=["highways_transport"],
                is_triaged=True,
                complainant_id=1,
                owner_id=number,
                received_on=london_date(now),
                logged_at=now,
                acknowledge_by=london_date(later),
                look_again=later,
            )
            session.add(case)


def copy_cases(engine: Engine, until: int, *, of: int) -> None:
    """Copy the first cases, in turn, until there are so many; then let the database look at its tables."""
    columns: Table = Case.__table__  # type: ignore[attr-defined]  # SQLModel sets it on every table
    names = [column.name for column in columns.columns]
    values = ", ".join(_CHANGED.get(name, f"made.{name}") for name in names)
    copied = f"FROM numbers JOIN case_file AS made ON made.id = 1 + n % {of}"
    statement = f"INSERT INTO case_file ({', '.join(names)}) {_NUMBERS[engine.dialect.name]} SELECT {values} {copied}"
    with engine.begin() as connection:
        first = int(connection.execute(text("SELECT max(id) + 1 FROM case_file")).scalar_one())
        connection.execute(text(statement), {"first": first, "last": until})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
