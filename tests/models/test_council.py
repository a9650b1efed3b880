from sqlalchemy import Engine
from sqlmodel import select

from models.council import officer_by_slack, sync_officers
from models.db import reading, writing
from models.people import Officer
from models.rules.labels import Area
from models.settings import Settings
from models.settings_people import OfficerEntry
from tests.people import BEN, CARA, EVE, LENA


def with_officers(settings: Settings, *officers: OfficerEntry) -> Settings:
    return settings.model_copy(update={"officers": officers})


def entry(name: str, slack_user: str, email: str) -> OfficerEntry:
    return OfficerEntry(name=name, email=email, slack_user=slack_user, areas=(Area.HOUSING,))


def found(engine: Engine, slack_user: str) -> Officer | None:
    with reading(engine) as session:
        return officer_by_slack(session, slack_user)


def test_reading_the_officers_again_changes_nothing(engine: Engine, settings: Settings) -> None:
    with writing(engine) as session:
        sync_officers(session, settings)
    with reading(engine) as session:
        assert len(session.exec(select(Officer)).all()) == len(settings.officers)


def test_a_leaver_stays_but_may_do_nothing(engine: Engine, settings: Settings) -> None:
    stayed = with_officers(settings, *(o for o in settings.officers if o.slack_user != BEN))
    with writing(engine) as session:
        sync_officers(session, stayed)
    assert found(engine, BEN) is None
    assert found(engine, CARA) is not None
    with writing(engine) as session:
        sync_officers(session, settings)
    back = found(engine, BEN)
    assert back is not None
    assert back.areas == [Area.HIGHWAYS_TRANSPORT]


def test_an_address_in_capitals_is_the_same_officer(engine: Engine, settings: Settings) -> None:
    with writing(engine) as session:
        sync_officers(session, with_officers(settings, entry("Ben C", BEN, "BEN@council.example")))
    ben = found(engine, BEN)
    assert ben is not None
    assert (ben.id, ben.name, ben.areas) == (1, "Ben C", ["housing"])


def test_an_officer_whose_address_changes_is_the_same_person(engine: Engine, settings: Settings) -> None:
    before = found(engine, BEN)
    with writing(engine) as session:
        sync_officers(session, with_officers(settings, entry("Ben Miller", BEN, "ben.miller@council.example")))
    after = found(engine, BEN)
    assert before is not None
    assert after is not None
    assert (after.id, after.name) == (before.id, "Ben Miller")


def test_two_officers_may_exchange_their_slack_users(engine: Engine, settings: Settings) -> None:
    first, second = entry("Ben", CARA, "ben@council.example"), entry("Cara", BEN, "cara@council.example")
    with writing(engine) as session:
        sync_officers(session, with_officers(settings, first, second))
    ben = found(engine, CARA)
    assert ben is not None
    assert ben.name == "Ben"


def test_only_the_lead_sees_every_area(engine: Engine) -> None:
    lena, ben = found(engine, LENA), found(engine, BEN)
    assert lena is not None
    assert ben is not None
    assert lena.may_see(["housing"])
    assert lena.may_see([])
    assert not ben.may_see(["housing"])
    assert ben.may_see(["housing", "highways_transport"])


def test_a_stranger_is_no_officer(engine: Engine) -> None:
    assert found(engine, EVE) is None
    assert found(engine, "") is None


def test_a_leaver_may_see_nothing_even_where_they_are_still_known(engine: Engine) -> None:
    lena, ben = found(engine, LENA), found(engine, BEN)
    for officer in (lena, ben):
        assert officer is not None
        officer.is_active = False
        assert not officer.may_see(["highways_transport"])
