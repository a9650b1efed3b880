"""A list of what is wrong with blocks, worded and placed as Slack does it."""

from dataclasses import dataclass, field


@dataclass
class Problems:
    """Collects objections; `at` is a JSON pointer to the spot."""

    lines: list[str] = field(default_factory=list)

    def add(self, what: str, at: str) -> None:
        """Object to what stands at this place."""
        self.lines.append(f"[ERROR] {what} [json-pointer:{at}]")

    def length(self, value: object, most: int, at: str, *, least: int = 1) -> None:
        """A string of `least` to `most` characters must stand here."""
        if not isinstance(value, str):
            self.add("must be a string", at)
        elif len(value) < least:
            self.add(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            self.add(f"must be less than {most + 1} characters", at)

    def text(self, value: object, most: int, at: str) -> None:
        """A text object, plain or mrkdwn, must stand here."""
        if not isinstance(value, dict) or value.get("type") not in {"plain_text", "mrkdwn"}:
            self.add("must be a text object of type plain_text or mrkdwn", at)
        else:
            self.length(value.get("text"), most, f"{at}/text")

    def plain(self, value: object, most: int, at: str) -> None:
        """A plain_text object must stand here."""
        if not isinstance(value, dict) or value.get("type") != "plain_text":
            self.add("must be a plain_text object", at)
        else:
            self.length(value.get("text"), most, f"{at}/text")

    def items(self, value: object, most: int, at: str) -> None:
        """A list of one to `most` things must stand here."""
        if not isinstance(value, list) or not value:
            self.add("no fewer than 1 items allowed", at)
        elif len(value) > most:
            self.add(f"no more than {most} items allowed", at)
