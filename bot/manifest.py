"""What the Slack app needs: the fewest scopes, each with what it is for."""

SCOPES: dict[str, str] = {
    "chat:write": "post cards, reminders and alerts, and redraw them",
    "channels:read": "find a public channel's id when a post's fate is unknown",
    "channels:history": "look there whether a post arrived before posting it again",
    "groups:read": "the same for private channels",
    "groups:history": "the same for private channels",
    "im:write": "open a direct message to an owner",
    "commands": "the commands /case, /complaint and /away, and “Make this a case” on a message",
    "im:history": "look there whether a reminder arrived before sending it again",
}
