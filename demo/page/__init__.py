"""The demo's page: Slack beside the resident's side, with the clock on top, on one machine and without the internet.

app = create_page(slack, council)          # `council` fulfils demo.page.council.Council
page = ServerInThread(app, port=8000)      # from demo.slack.running; or mount `app` where you like
page.start(); print(page.url); page.stop()
"""

from demo.page.council import Council, DemoOfficer, Enclosed, LetterOut, SampleLetter, Written
from demo.page.server import create_page

__all__ = ["Council", "DemoOfficer", "Enclosed", "LetterOut", "SampleLetter", "Written", "create_page"]
