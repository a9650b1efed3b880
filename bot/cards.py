"""Cards: pure functions from what is to be shown to Slack's blocks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.case_view import AlertView, Campaign, CaseView
from bot.inert import inert
from bot.triage_guesses import guess_buttons, guesses_in_words
from models.clock import in_words
from models.rules.doubts import DOUBTS
from models.rules.follow_ups import Sort
from models.rules.labels import AREAS, KINDS, NEVER_WAITS, SIGNALS, Kind, Signal
from models.rules.steps import CaseStatus

Blocks = list[dict[str, Any]]

_MOST_BESIDE = 5

_STATUS = {
    CaseStatus.NEW: "New: not yet acknowledged",
    CaseStatus.ACKNOWLEDGED: "Acknowledged",
    CaseStatus.RESPONDED: "Answered",
    CaseStatus.CLOSED: "Closed",
}
_WANTS = {
    Sort.CHASER: "Asks how it stands",
    Sort.THANKS: "Says thanks",
    Sort.WITHDRAWAL: "Wants to withdraw",
}


def case_card(view: CaseView) -> Blocks:
    """The one card of a case."""
    blocks: list[Block] = [HeaderBlock(text=PlainTextObject(text=f"{view.reference}  {kind_in_words(view)}"))]
    if dangers := dangers_in_words(view.signals):
        blocks.append(SectionBlock(text=markdown(dangers)))
    if view.reasons and not view.kind_by_person:
        why = "\n".join(f"• {inert(reason)}" for reason in view.reasons[:4])
        blocks.append(SectionBlock(text=markdown(f"*Why*\n{why}")))
    if view.guesses:
        asked = f"*What is it?* The likeliest: {guesses_in_words(view.guesses)}. One press files it."
        blocks.append(SectionBlock(text=markdown(asked)))
        blocks.append(
            ActionsBlock(
                block_id=f"guesses {view.case_id}", elements=guess_buttons(view.case_id, view.reference, view.guesses)
            )
        )
    blocks.append(SectionBlock(fields=[markdown(f"*{name}*\n{value}") for name, value in _facts(view)]))
    if view.campaign:
        blocks.append(SectionBlock(text=markdown(_campaign(view.campaign, view))))
    if view.owed:
        blocks.append(SectionBlock(text=markdown("\n".join(view.owed))))
    if flags := _flags(view):
        blocks.append(ContextBlock(elements=[markdown("  ·  ".join(flags))]))
    blocks.append(ActionsBlock(block_id=f"case {view.case_id}", elements=_buttons(view)))
    return as_dicts(blocks)


def moved_card(view: CaseView, *, team: str) -> Blocks:
    """What is left where a card stood before its case went to another team."""
    return as_dicts([SectionBlock(text=markdown(f"*{view.reference}* is now with {inert(team)}."))])


def followed_card(reference: str, parent: str) -> Blocks:
    """What is left where a card stood before another case spoke for it."""
    return as_dicts([SectionBlock(text=markdown(f"*{reference}* is part of a campaign: {parent} speaks for it."))])


def alert_card(view: AlertView) -> Blocks:
    """A warning to the corporate lead, with a button until somebody has it."""
    owner = f"Case owner: {inert(view.owner)}" if view.owner else "Case owner: nobody yet"
    read = button("read", "Read", view.case_id)
    blocks: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=f"⚠ Early warning: {view.reference}")),
        SectionBlock(text=markdown(f"{inert(view.reason)}\n{AREAS[view.area].name}  ·  {owner}")),
    ]
    if view.taken_by:
        blocks.append(ContextBlock(elements=[markdown(f"✔ {inert(view.taken_by)} has it")]))
    have_it = [] if view.taken_by else [button("have_it", "I have it", view.alert_id, style="primary")]
    blocks.append(ActionsBlock(block_id=f"alert {view.alert_id}", elements=[*have_it, read]))
    return as_dicts(blocks)


def kind_in_words(view: CaseView) -> str:
    """The kind, or that nobody is sure and what is most likely."""
    if view.kind is not None:
        return KINDS[view.kind].name
    if view.asks_what_it_is:
        return f"{KINDS[Kind.CHASER].name}? A person decides"
    return f"Not sure (perhaps: {KINDS[view.guess].name.lower()})" if view.guess else "Not sure"


def dangers_in_words(signals: Sequence[Signal]) -> str:
    """The signals that never wait, in a line that stands out; "" where there is none."""
    return "  ·  ".join(f"⚠ *{SIGNALS[signal].name}*" for signal in signals if signal in NEVER_WAITS)


def as_dicts(blocks: Sequence[Block]) -> Blocks:
    """Blocks as Slack wants them; slack_sdk checks its limits on the way."""
    return [block.to_dict() for block in blocks]


def button(
    action_id: str, label: str, number: int, *, style: str | None = None, about: str | None = None
) -> ButtonElement:
    """A button; ``number`` is of what it is about, and comes back when it is pressed.

    ``about`` tells whoever has the screen read aloud which of several is meant.
    """
    read = f"{label}: {about}"[:75] if about else None
    return ButtonElement(
        text=PlainTextObject(text=label), action_id=action_id, value=str(number), style=style, accessibility_label=read
    )


def markdown(text: str) -> MarkdownTextObject:
    """Words in which Slack finds our formatting, cut at what it takes; it makes no links or pings of its own."""
    return MarkdownTextObject(text=text[:3000], verbatim=True)


def _facts(view: CaseView) -> list[tuple[str, str]]:
    areas = ", ".join(AREAS[area].name for area in view.areas[:3]) or "Not known"
    return [
        ("Service", areas),
        ("Owner", inert(view.owner) if view.owner else "Nobody yet"),
        ("Acknowledge by", _due(view.acknowledge_by, view.acknowledged_on, view)),
        ("Answer by", _answer_due(view)),
        ("Status", _STATUS[view.status] + (f" (stage {view.stage})" if view.stage > 1 else "")),
        ("Kind by", _kind_by(view)),
    ]


def _kind_by(view: CaseView) -> str:
    if view.kind_by_person:
        return "A person"
    if view.guesses:
        return "Nobody yet: the classifier is not sure"
    return f"The classifier, {view.confidence:.0%} sure"


def _answer_due(view: CaseView) -> str:
    if view.respond_by is None:
        return "No answer owed"
    if view.drops_answer and view.status == CaseStatus.NEW:
        return f"{in_words(view.respond_by)}\n(none, once acknowledged as this kind)"
    return _due(view.respond_by, view.responded_on, view)


def _campaign(campaign: Campaign, view: CaseView) -> str:
    if campaign.parent:
        return f"Part of the campaign of {campaign.parent}, but to be answered for itself"
    said = f"*{campaign.people} people wrote nearly the same.* What you do here is done for each of them."
    own = view.acknowledge_by if view.status == CaseStatus.NEW else view.respond_by
    if campaign.first_due and own and campaign.first_due < own:
        said += f" The first of them is due by {in_words(campaign.first_due)}."
    return said


def _due(due: date, done: date | None, view: CaseView) -> str:
    if done is not None:
        return f"{in_words(due)} ✔" if done <= due else f"{in_words(due)}\n⚠ done late, {in_words(done)}"
    if view.today > due:
        return f"{in_words(due)}\n⚠ MISSED"
    return f"{in_words(due)}\ntoday" if view.today == due else in_words(due)


def _flags(view: CaseView) -> list[str]:
    others = [SIGNALS[signal].name for signal in view.signals if signal not in NEVER_WAITS]
    letters = "letter" if view.letters_since == 1 else "letters"
    more = [f"✉ {view.letters_since} more {letters} since"] if view.letters_since > 0 else []
    stuck = ["⚠ *A letter of ours may not have arrived*"] if view.letter_problem else []
    return _wanted(view) + _beside(view) + stuck + [f"⚠ {DOUBTS[doubt]}" for doubt in view.doubts] + others + more


def _wanted(view: CaseView) -> list[str]:
    """What the resident's further letters want, in plain words."""
    issue = ["✉ May raise a new issue"] if view.may_split else []
    if view.wants == Sort.ESCALATION:
        is_over = view.status in {CaseStatus.RESPONDED, CaseStatus.CLOSED}
        return [f"✉ *{'Does not accept the final answer' if is_over else f'Asks for stage {view.stage}'}*", *issue]
    return [f"✉ {_WANTS[view.wants]}", *issue] if view.wants in _WANTS else issue


def _beside(view: CaseView) -> list[str]:
    """The cases of the same person on the same matter, of which one asks after the other."""
    asks = [f"✉ *Asks after {view.beside.asks_after}*, a case of the same person"] if view.beside.asks_after else []
    return asks + [f"✉ {reference} asks after this case" for reference in view.beside.asked_after_by[-_MOST_BESIDE:]]


def _buttons(view: CaseView) -> list[ButtonElement]:
    asks = [button("next_stage", f"Wants {view.next_stage}", view.case_id)] if view.next_stage else []
    splits = [button("split", "New case from it", view.case_id)] if view.may_split else []
    return [*_usual_buttons(view), *asks, *splits, button("more", "More…", view.case_id)]


def _usual_buttons(view: CaseView) -> list[ButtonElement]:
    common = [button("wrong_kind", "Wrong kind", view.case_id), button("wrong_area", "Wrong area", view.case_id)]
    read = button("read", "Read", view.case_id)
    take = [] if view.owner else [button("take", "Take it", view.case_id)]
    if view.status == CaseStatus.NEW:
        return [button("acknowledge", "Acknowledge", view.case_id, style="primary"), *take, *common, read]
    if view.status == CaseStatus.CLOSED:
        return [read, button("reopen", "Open again", view.case_id)]
    if view.status == CaseStatus.ACKNOWLEDGED and view.respond_by is not None:
        return [button("answer", "Answer", view.case_id, style="primary"), *take, *common, read]
    return [button("close", "Close", view.case_id, style="primary"), *take, *common, read]
