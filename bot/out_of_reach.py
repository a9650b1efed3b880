"""What slack_sdk raises when Slack did not answer."""

from http.client import HTTPException

from slack_sdk.errors import SlackClientError

OUT_OF_REACH = (SlackClientError, OSError, HTTPException)
"""The last when something else answered in Slack's place, such as a proxy; a refusal by Slack is among the first."""
