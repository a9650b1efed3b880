"""What Slack refuses because somebody must mend the workspace or the settings: each in one sentence, and what to do."""

from jobs.transports.answers import Technical

_AGAIN = (
    "Install the app again from “tocsin slack manifest” and set TOCSIN__SLACK__BOT_TOKEN; “tocsin doctor” tells more."
)
_CHANNEL = "“tocsin doctor” looks at every channel."
_UNTIL_THEN = "Until then others get what was meant for them."
_RESTRICTED = "and cases of children’s and adults’ social care go to it."

EVERYWHERE = {
    "access_denied": ("Slack says that the app may not do this any more.", _AGAIN),
    "accesslimited": (
        "The workspace takes nothing from the network that Tocsin is in.",
        "Have whoever runs the workspace allow Tocsin’s address.",
    ),
    "account_inactive": ("Tocsin’s own account in Slack, or the workspace, was switched off.", _AGAIN),
    "ekm_access_denied": (
        "Whoever runs the workspace has stopped all posting in it (Enterprise Key Management).",
        "Ask them to allow it again.",
    ),
    "invalid_auth": ("Slack does not know Tocsin’s token.", _AGAIN),
    "missing_scope": ("The app lacks a scope in Slack.", _AGAIN),
    "no_permission": ("Slack says that the app may not do this any more.", _AGAIN),
    "not_authed": ("Tocsin has no token for Slack.", _AGAIN),
    "token_expired": ("Tocsin’s token for Slack has expired.", _AGAIN),
    "token_revoked": ("Somebody withdrew Tocsin’s token for Slack.", _AGAIN),
}
"""Nothing can be posted anywhere."""

OF_A_CHANNEL = {
    "channel_not_found": (
        "Slack has no channel “{}” that Tocsin knows.",
        f"Write its name or id right in the settings, or, if it is private, type /invite @Tocsin in it. {_CHANNEL}",
    ),
    "is_archived": (
        "The channel “{}” is archived.",
        f"Unarchive it in Slack, or set another in the settings. {_CHANNEL}",
    ),
    "is_public": (
        f"The channel “{{}}” is public, {_RESTRICTED}",
        f"Make it private in Slack, or set a private one in the settings. {_CHANNEL}",
    ),
    "is_shared": (
        f"The channel “{{}}” is shared with others, {_RESTRICTED}",
        f"Stop sharing it in Slack, or set another private one in the settings. {_CHANNEL}",
    ),
    "not_in_channel": ("Tocsin is not in the channel “{}”.", f"Type /invite @Tocsin in it. {_CHANNEL}"),
    "restricted_action": (
        "Whoever runs the workspace lets only some people post in “{}”.",
        "Allow Tocsin to post there.",
    ),
}
"""Nothing can be posted in one channel."""

RENAMED = (
    "The channel “{}” of the settings is now called “{}” in Slack.",
    "Write the new name, or better its id, in the settings.",
)
"""Nothing is lost by it yet: the channel is known by its id."""

OF_A_PERSON = {
    "cannot_dm_bot": ("“{}” of the settings is a bot in Slack.", "Set the officer’s own slack_user in the settings."),
    "user_disabled": (
        "The account behind “{}” was switched off in Slack.",
        f"Take the officer out of the settings, or set their new slack_user. {_UNTIL_THEN}",
    ),
    "user_not_found": (
        "Slack has nobody with the id “{}”.",
        f"Set the officer’s slack_user right in the settings. {_UNTIL_THEN}",
    ),
    "user_not_visible": ("Tocsin may not see “{}” in Slack.", f"Allow it, or set another slack_user. {_UNTIL_THEN}"),
}
"""One person cannot be written to."""


def technical(error: str, where: str) -> Technical | None:
    """The fault behind Slack's error, which happened in channel or to person ``where``; None: none of ours."""
    if found := EVERYWHERE.get(error):
        return Technical(*found, fault=error)
    if found := OF_A_PERSON.get(error) or OF_A_CHANNEL.get(error):
        is_about_a_person = error in OF_A_PERSON
        said = (found[0].format(where), found[1])
        return Technical(*said, fault=error, where=where, is_about_a_person=is_about_a_person)
    return None


def not_found(channel: str) -> Technical:
    """No channel of that name or id is known to us."""
    sentence, hint = OF_A_CHANNEL["channel_not_found"]
    return Technical(sentence.format(channel), hint, fault="channel_not_found", where=channel)
