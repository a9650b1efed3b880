"""Everything the page shows at one moment, drawn, and a stamp by which to tell whether it has changed."""

import hashlib
import json
from dataclasses import dataclass

from demo.page.council import Council, DemoOfficer
from demo.page.drawing import Drawing, clock_time, long_date
from demo.page.slack_side import HOME, Entry, SlackSide
from demo.slack.world import Json


@dataclass
class Showing:
    """The page's content for a visitor who acts as one officer and looks at one channel."""

    side: SlackSide
    council: Council
    drawing: Drawing

    def officer(self, wanted: str) -> DemoOfficer:
        """The officer chosen, or the first."""
        officers = self.council.officers()
        return next((one for one in officers if one.slack_id == wanted), officers[0])

    def channel(self, officer: DemoOfficer, wanted: str) -> str:
        """The channel chosen, or the first there is."""
        ids = [entry.id for entry in self.side.entries(officer.slack_id, "")]
        return wanted if wanted in ids else ids[0]

    def now(self, as_id: str, wanted: str) -> Json:
        """All parts, drawn, with their stamp."""
        officer = self.officer(as_id)
        channel = self.channel(officer, wanted)
        entries = self.side.entries(officer.slack_id, channel)
        current = next(entry for entry in entries if entry.id == channel)
        at = self.council.now()
        shown: Json = {
            "as": officer.slack_id,
            "channel": channel,
            "date": long_date(at),
            "time": clock_time(at),
            "status": self.council.status(),
            "sidebar": self.drawing.draw("sidebar.html", entries=entries, current=channel, officer=officer),
            "heading": self.drawing.draw("heading.html", entry=current),
            "messages": self._messages(officer, current),
            "modal": self._modal(officer),
            "letters": self._letters(),
        }
        return shown | {"stamp": hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]}

    def _messages(self, officer: DemoOfficer, entry: Entry) -> list[Json]:
        if entry.id == HOME:
            view = self.side.slack.home(officer.slack_id)
            return [{"key": "home", "html": self.drawing.draw("home.html", view=view)}]
        posts = self.side.posts(officer.slack_id, entry.id)
        if not posts:
            return [{"key": "empty", "html": self.drawing.draw("empty.html", entry=entry)}]
        drawn, day = [], ""
        for post in posts:
            if (this_day := long_date(post.at)) != day:
                day = this_day
                drawn.append({"key": f"day-{post.at:%Y%m%d}", "html": self.drawing.draw("day.html", day=day)})
            drawn.append({"key": f"m-{post.ts}", "html": self.drawing.draw("message.html", post=post)})
        return drawn

    def _modal(self, officer: DemoOfficer) -> Json | None:
        view = self.side.modal(officer.slack_id)
        if view is None:
            return None
        return {"key": f"{view['id']} {view['hash']}", "html": self.drawing.draw("modal.html", view=view)}

    def _letters(self) -> list[Json]:
        numbered = list(enumerate(self.council.letters()))
        return [
            {"key": f"letter-{number}", "html": self.drawing.draw("letter.html", letter=letter)}
            for number, letter in reversed(numbered)
        ]
