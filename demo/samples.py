"""Letters ready to send in the demo, each to show one thing."""

from demo.page.council import SampleLetter
from models.rules.references import make_reference

_SOMEBODY_ELSES = make_reference(1, 2026)
"""The first case there is; the writer below is no party to it."""

SAMPLES: tuple[SampleLetter, ...] = (
    SampleLetter(
        "A first report",
        "Joan Whitlock",
        "joan.whitlock@residents.example",
        "Street light out",
        "The street light outside 14 Larkfield Rise has gone out. Could somebody mend it please? Joan Whitlock",
    ),
    SampleLetter(
        "The same, ignored twice",
        "Joan Whitlock",
        "joan.whitlock@residents.example",
        "Street light STILL out",
        "I reported the light outside 14 Larkfield Rise in August and again in September. Your website says it was "
        "fixed. It was not. Nobody has answered either of my messages and I am not happy with how this was handled.",
    ),
    SampleLetter(
        "Somebody in danger",
        "Peter Amory",
        "p.amory@residents.example",
        "My mother's carers",
        "The carer has not come to my mother for two days. She is 88, cannot get out of bed and has had no food or "
        "medicine since Saturday. I have rung your office four times.",
    ),
    SampleLetter(
        "Names somebody else’s case",
        "Dilys Penrose",
        "dilys.penrose@residents.example",
        f"My neighbour's complaint {_SOMEBODY_ELSES}",
        f"My neighbour showed me your letter with the number {_SOMEBODY_ELSES}. What has been decided, and what did "
        "he say about me?",
    ),
    SampleLetter(
        "One more of a campaign",
        "Aurelio Fenn",
        "aurelio.fenn@residents.example",
        "Saltmarsh Library: keep your promise",
        "Dear Exampleshire Council,\n\n"
        "I am writing about Saltmarsh Library. In July the council promised that nobody would decide about its opening "
        "hours before the people who use it had been asked. Nobody asked us. On 28 September a poster went up on the "
        "door: from November the library will be closed on Mondays, Tuesdays and Saturdays.\n\n"
        "Saturday is the only day on which people who work all week can come. Monday is the day of the reading group "
        "and of the computer help for people who must apply for everything online and have no computer.\n\n"
        "Two letters to the library service, of 30 September and 5 October, were not answered. That is not how a "
        "council keeps its word.\n\n"
        "Please take the poster down, ask the people who use the library as you promised, and tell us in writing when "
        "you will do so.\n\n"
        "Yours faithfully,\nAurelio Fenn\n8 Bollard Street, Saltmarsh",
    ),
)

REPLIES: tuple[SampleLetter, ...] = (
    SampleLetter("Any news?", body="It has been a while now. Could you tell me how far you have got with this?"),
    SampleLetter("Thanks", body="Thank you, that was quick. I am very grateful."),
    SampleLetter(
        "Something else as well",
        body="While I write: on a different matter, the bins behind Larkfield Rise have not been emptied for three "
        "weeks, though I reported it twice. I wish to complain about that too.",
    ),
    SampleLetter(
        "Not happy: stage 2, please",
        body="Your answer does not say why nobody replied to me, and I am not happy with it. I want stage 2, please: "
        "let somebody else look at it.",
    ),
)
"""Words for a reply; who writes, and to what, the letter that is answered says."""
