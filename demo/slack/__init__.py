"""A stand-in for Slack on this machine: Web API and Socket Mode over real HTTP and WebSocket.

It keeps Slack's published limits and answers with Slack's error names. How to use it:

    from demo.slack import SlackStandIn

    with SlackStandIn(ack_seconds=3.0) as slack:             # a free port; stops at the end
        waste = slack.add_channel("waste", private=True)      # → its id
        slack.add_user("U01", "Ben Carter")                   # in every channel
        client = WebClient(slack.bot_token, base_url=slack.url)   # settings: slack.api_url = slack.url
        SocketModeHandler(App(client=client), slack.app_token).connect()   # Bolt's own, nothing special
        slack.wait_for_socket()                               # the program is listening
        card = slack.wait_for(lambda: slack.messages(waste))[0]
        done = slack.press("U01", waste, card["ts"], "acknowledge")   # → Envelope, after its ack
        assert done.acked and done.latency < 1                # else: "no ack" (warning triangle), "no socket"
        modal = slack.wait_for(lambda: slack.views("U01"))[-1]
        done = slack.submit("U01", modal["id"], {"reason": "Not ours"})  # by block_id or action_id
        done.response                                         # {"response_action": "errors", …} or None
        slack.ephemerals("U01"), slack.messages("U01")        # lines for one person; direct messages
        slack.fail("chat.postMessage", "closed", after=True)  # posted, but the answer is lost; see faults.Fault
        slack.go_down(); slack.go_down(down=False)            # 503 and no sockets; well again
        slack.sockets.close_all(); slack.sockets.add_ghost()  # network failure; a socket nobody reads
        slack.post_to("http://…/slack/events")                # the Events API: signed posts instead of sockets
        slack.calls("chat.update"), slack.envelopes           # what the program did and what it was sent

All of it is also under slack.url's host at /control/<name> (see demo.slack.control), for other processes.
Note: slack_sdk repeats a call once by itself when the connection breaks, so a lost answer to
chat.postMessage makes two messages unless the client is given retry_handlers=[].
"""

from demo.slack.faults import Fault
from demo.slack.payloads import PersonCannot
from demo.slack.sockets import Envelope
from demo.slack.standin import SlackStandIn

__all__ = ["Envelope", "Fault", "PersonCannot", "SlackStandIn"]
