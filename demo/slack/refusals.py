"""How Slack says no: an error's name and, for blocks and arguments, where it is wrong."""

from demo.slack.world import Json


class Refused(Exception):  # noqa: N818 - Slack's word for an answer with ok false
    """Slack does not do this; `error` is Slack's own name for the reason."""

    def __init__(self, error: str, *, where: list[str] | None = None, retry_after: int = 0, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.retry_after = retry_after
        self._where = where or []
        self._more = more

    def answer(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error": self.error} | self._more
        if self._where:
            body["errors"] = [line.removeprefix("[ERROR] ") for line in self._where]
            body["response_metadata"] = {"messages": self._where}
        return body
