"""A campaign's letter as people send it: the same sentences, a name, an address, and perhaps a line of their own."""

from random import Random

from tests.build import a_letter

BODY = """{greeting}

I am writing about the plan to close the swimming pool at the end of the season. {own}Hundreds of families in our part \
of the borough have no car, and the bus to the other pool takes most of an hour each way.

My children learned to swim there, as I did, and the lessons for schools have nowhere else to go. The council's own \
survey found that three in four residents want the building repaired rather than sold, yet the report to the cabinet \
left that finding out.

Please tell me who decided to leave the survey out of the report, what the repairs would cost, and why nobody who uses \
the pool was asked before the plan was published. I ask you to put the closure off until residents have been heard, \
and to publish the condition survey in full.

I look forward to your answer to each of these points, and I would like to be told of the next public meeting at which \
this will be discussed.

Yours sincerely,

{name}
{address}
{date}
"""

OWN = "My daughter has a place on the Saturday course and cries whenever we drive past the sign by the gate. "
"""Twenty words, such as people add to a template."""

_OTHERS = """\
The street lamp outside number {n} has been dark since the storm and the pavement below it is broken. I reported it
through your website twice and was given a number each time, but nobody has come and nobody has written. Please say
when it will be mended, because my mother fell there on her way home from the shop last week.

We have waited {n} weeks for somebody to look at the damp in the back bedroom of our flat. The first visit was
cancelled on the morning, the second man had come about another address, and the third never rang the bell. Will you
please give us a date and keep to it, and tell us who is responsible for the repair in this block.

Thank you for the new benches in the park, which we use every day. May I suggest that bench {n} be turned to face the
pond rather than the car park, and that a bin be put beside it, since the nearest one is by the gate and the paths are
strewn with paper cups after every fine weekend, which the ducks then try to eat.

I should like to know how much council tax band {n} brings in from our ward, how much of it is spent on the library,
and whether the opening hours on Wednesday evenings will be kept when the new timetable begins. A copy of the paper
that went to the committee would do. I am happy to receive all of this by email.
"""
UNRELATED = _OTHERS.split("\n\n")


def campaign_text(number: int = 1, *, own: str = "") -> str:
    """What the campaign's sender of that number writes."""
    greeting = ("Dear Sir or Madam,", "Dear Councillor Whitmore,", "Hello,", "To whom it may concern")[number % 4]
    return BODY.format(
        greeting=greeting,
        own=own,
        name=f"{('Priya', 'Owen', 'Grace', 'Tomasz', 'Ngozi')[number % 5]} {('Hall', 'Reid', 'Bibi')[number % 3]}",
        address=f"{number} {('Elm', 'Oak', 'Mill')[number % 3]} Road\nExampletown\nEX{number % 9} {number % 7}AB",
        date=f"{number % 28 + 1} October 2026",
    )


def campaign_letter(number: int, *, own: str = "", sender: str = "") -> bytes:
    """It as a message."""
    return _message(campaign_text(number, own=own), number, sender or f"writer{number}@residents.example")


def unrelated_letter(number: int) -> bytes:
    """A letter about something else, each in another order of words, so that no two are near-identical."""
    words = UNRELATED[number % len(UNRELATED)].format(n=number).split()
    Random(number).shuffle(words)
    return _message(f"Dear council,\n\n{' '.join(words)}", number, f"other{number}@residents.example")


def _message(text: str, number: int, sender: str) -> bytes:
    return a_letter(text, From=sender, Subject=f"For the council {number}", Message_ID=f"<{number}.{sender}>")
