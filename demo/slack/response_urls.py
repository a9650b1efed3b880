"""The addresses Slack hands out with each press or command, to answer without a token."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from demo.slack import chat, limits
from demo.slack.blocks import as_kept
from demo.slack.refusals import Refused
from demo.slack.world import Json, Message, World


@dataclass
class _Grant:
    user: str
    channel: str
    ts: str
    uses: int = 0


@dataclass
class ResponseUrls:
    """The addresses handed out; each works five times."""

    world: World
    _grants: dict[str, _Grant] = field(default_factory=dict)

    def allow(self, url: str, user: str) -> None:
        """Make an address work, for what this person did."""
        path = urlsplit(url).path
        _, _, channel, ts, _secret = path.split("/")
        self._grants[path] = _Grant(user, channel, ts)

    async def answer(self, request: Request) -> Response:
        """Take a post to one of the addresses."""
        try:
            self.post(request.url.path, json.loads(await request.body()))
        except Refused as no:
            return JSONResponse(no.answer(), status_code=404 if no.error == "used_url" else 200)
        return PlainTextResponse("ok")

    def post(self, url: str, content: Json) -> None:
        """Replace, delete or add a message as the content asks. Raises Refused `used_url` after five times."""
        grant = self._grants.get(urlsplit(url).path)
        if grant is None or grant.uses >= limits.RESPONSE_URL_USES:
            raise Refused("used_url")
        grant.uses += 1
        with self.world.changing():
            self._do(grant, content)

    def _do(self, grant: _Grant, content: Json) -> None:
        pressed = self.world.find_message(grant.channel, grant.ts)
        if content.get("delete_original") and pressed:
            self.world.messages.remove(pressed)
            return
        chat.check_content(content)
        if content.get("replace_original") and pressed:
            chat.edit(self.world, pressed, content)
            return
        seen_by = "" if content.get("response_type") == "in_channel" else grant.user
        text, blocks = str(content.get("text") or ""), as_kept(content.get("blocks") or [])
        answer = Message(grant.channel, self.world.next_ts(), text, blocks, seen_by=seen_by)
        self.world.messages.append(answer)
