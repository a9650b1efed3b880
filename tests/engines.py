"""Engines that outlive a test: SQL once put into words need not be put so again for the next test's database."""

from typing import Any

from sqlalchemy import Dialect, Engine, event, make_url

from models.db import open_engine


class Engines:
    """One engine for each kind of database, which connects to wherever the present test has its own."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}

    def at(self, url: str) -> Engine:
        """The engine of that kind, without a connection yet, for the database at ``url``."""
        kind = make_url(url).get_backend_name()
        if kind not in self._engines:
            self._engines[kind] = _moving(open_engine(url))
        engine = self._engines[kind]
        engine.url = make_url(url).set(drivername=engine.url.drivername)
        return engine


def _moving(engine: Engine) -> Engine:
    @event.listens_for(engine, "do_connect")
    def connect_where_it_is(dialect: Dialect, _record: Any, _args: list[Any], options: dict[str, Any]) -> Any:
        place, named = dialect.create_connect_args(engine.url)
        return dialect.connect(*place, **{**options, **named})

    return engine
