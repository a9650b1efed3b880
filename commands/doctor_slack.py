"""What ``tocsin doctor`` asks Slack: are the tokens good, the channels there and private enough, the officers known."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.app import slack_client
from bot.manifest import SCOPES
from bot.out_of_reach import OUT_OF_REACH
from commands.findings import Sick, Soon
from jobs.drawing import restricted_channels
from jobs.transports.answers import Technical
from jobs.transports.slack_channels import Channels, is_a_person
from jobs.transports.slack_faults import RENAMED
from models.settings import Settings

Answer = TypeVar("Answer")

_INSTALL = "Install the app again from “tocsin slack manifest”, and copy both tokens."
_NOT_YET = "not looked at before Slack is set"


def slack(settings: Settings) -> str:
    """The bot's token is good and has every scope; the app's token opens a socket."""
    client = _client(settings)
    answer = _asked(client.auth_test)
    if settings.slack.mode == "socket":
        app_token = settings.slack.app_token.get_secret_value()
        _asked(lambda: client.apps_connections_open(app_token=app_token))
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    if missing := [scope for scope in SCOPES if scope not in granted]:
        raise Sick(f"scopes are missing: {', '.join(missing)}", _INSTALL)
    return f"{answer.get('team')}, all {len(SCOPES)} scopes granted"


def channels(settings: Settings) -> str:
    """Every channel of the settings is there, has the bot in it, and is private where children or adults are named."""
    if not settings.slack.bot_token.get_secret_value():
        return _NOT_YET
    known, wanted = Channels(_client(settings)), wanted_channels(settings)
    _all_are_well(_asked(lambda: [_look(known, name, must_be_private=private) for name, private in wanted.items()]))
    private = sum(wanted.values())
    return f"all {len(wanted)} are there with Tocsin in them; {private} must be private, and are"


def people(settings: Settings) -> str:
    """Every officer, and the technical contact, has an account that reminders reach. Nobody is written to."""
    if not settings.slack.bot_token.get_secret_value():
        return _NOT_YET
    contact = settings.technical_contact.slack
    named = dict.fromkeys(officer.slack_user for officer in settings.officers)
    known, wanted = Channels(_client(settings)), named | ({contact: None} if is_a_person(contact) else {})
    _all_are_well(_asked(lambda: [_look(known, person) for person in wanted]))
    return f"all {len(wanted)} accounts can be written to"


def wanted_channels(settings: Settings) -> dict[str, bool]:
    """Each channel of the settings, and whether it must be private: of restricted teams, and where alerts go."""
    wanted = {team.channel: team.channel in restricted_channels(settings) for team in settings.teams}
    wanted[settings.slack.lead_channel] = True
    contact = settings.technical_contact.slack
    return wanted if not contact or is_a_person(contact) else {contact: False} | wanted


def _all_are_well(looked_at: Iterable[tuple[str, str] | None]) -> None:
    """Raise all that is wrong as one finding; what only has another name by now is no illness yet."""
    wrong = [each for each in looked_at if each is not None]
    if wrong:
        sentences, hints = (" ".join(dict.fromkeys(words)) for words in zip(*wrong, strict=True))
        is_soon = all(hint == RENAMED[1] for _, hint in wrong)
        raise (Soon if is_soon else Sick)(sentences, hints)


def _look(known: Channels, name: str, *, must_be_private: bool = False) -> tuple[str, str] | None:
    """What is wrong with a channel or a person's account, and what to do about it; None: nothing is."""
    try:
        room = known.find(name, must_be_private=must_be_private)
    except Technical as wrong:
        return wrong.sentence, wrong.hint
    known_as = name.lstrip("#")
    return (
        None
        if room.is_direct or known_as in {room.name, room.id}
        else (RENAMED[0].format(known_as, room.name), RENAMED[1])
    )


def _client(settings: Settings) -> WebClient:
    if not settings.slack.bot_token.get_secret_value():
        raise Sick("there is no bot token", "Set TOCSIN__SLACK__BOT_TOKEN (xoxb-…) in the environment.")
    client = slack_client(settings)
    client.retry_handlers.append(
        RateLimitErrorRetryHandler(max_retry_count=2)
    )  # questions only: no harm in asking again
    return client


def _asked(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except SlackApiError as refused:
        raise Sick(f"Slack refuses: {refused.response.get('error')}", _INSTALL) from None
    except OUT_OF_REACH as failed:
        hint = "Check slack.api_url and the network."
        raise Sick(f"Slack cannot be reached ({type(failed).__name__})", hint) from None
