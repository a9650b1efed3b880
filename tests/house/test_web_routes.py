"""Every route says who may call it."""

from fastapi.routing import APIRoute
from sqlalchemy import Engine

from intake.web.app import create_web
from models.clock import Clock
from models.settings import Settings

WHO_MAY_CALL = {
    ("GET", "/"): "anyone: the empty form",
    ("POST", "/"): "anyone: a resident sends the form",
    ("GET", "/act/{secret}"): "whoever holds a link from a letter: it is shown what the link offers",
    ("POST", "/act/{secret}"): "the same, once",
    ("GET", "/style.css"): "anyone: how the form looks",
    ("GET", "/healthz"): "anyone: whether the program runs; it tells nothing else",
}


def test_every_route_says_who_may_call_it(engine: Engine, settings: Settings) -> None:
    web = create_web(engine, settings, Clock())
    found = {
        (method, route.path) for route in web.routes if isinstance(route, APIRoute) for method in route.methods or ()
    }
    assert found == set(WHO_MAY_CALL), "say in this list who may call it, and test that nobody else can"
    others = [route for route in web.routes if not isinstance(route, APIRoute)]
    assert others == [], "no pages of the framework's own: switch off docs_url and openapi_url"
