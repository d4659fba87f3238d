"""What a coordinator chooses from when they decide about a request, in private."""

from collections.abc import Sequence

from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import (
    B_,
    N_,
    Button,
    Message,
    Param,
    Term,
    message,
    text,
)
from bot.usecases import office_notices as group
from bot.usecases.decision_notices import REASONS, RULES, SENTENCES, TO_VOLUNTEERS
from bot.usecases.notices import state_of

TODAY = Button(text(B_("📅 Today")), "desk:today")
WEEK = Button(text(B_("🗓 The week")), "desk:week")
CALLS = Button(text(B_("📞 Call list")), "desk:calls")


def back_button(request: HelpRequest) -> Button:
    return Button(text(B_("↩️ To the request")), f"request:look:{request.id}")


def write_menu(request: HelpRequest, county: County) -> Message:
    """Ready sentences; each is shown as the coordinator reads it."""
    keys = list(SENTENCES)
    return message(
        text(N_("💬 {number}: what shall I write?"), number=request.number),
        *[
            text(
                N_("<b>{n}</b> {sentence}"),
                n=n,
                sentence=text_of(SENTENCES[key], county),
            )
            for n, key in enumerate(keys, 1)
        ],
        buttons=[
            [
                Button(text(N_("{n}"), n=n), f"write:{key}:{request.id}")
                for n, key in enumerate(keys, 1)
            ],
            [Button(text(B_("✍️ My own words")), f"write:own:{request.id}")],
            [back_button(request)],
        ],
    )


def tell_menu(request: HelpRequest, county: County) -> Message:
    """Ready sentences for the volunteer."""
    keys = list(TO_VOLUNTEERS)
    return message(
        text(N_("💬 {number}: what shall I write to the volunteer?"), number=request.number),
        *[
            text(N_("<b>{n}</b> {sentence}"), n=n, sentence=text_of(TO_VOLUNTEERS[key], county))
            for n, key in enumerate(keys, 1)
        ],
        buttons=[
            [
                Button(text(N_("{n}"), n=n), f"tell:{key}:{request.id}")
                for n, key in enumerate(keys, 1)
            ],
            [Button(text(B_("✍️ My own words")), f"tell:own:{request.id}")],
            [back_button(request)],
        ],
    )


def text_of(sentence: str, county: County) -> Param:
    """A ready sentence inside another text: without the number to call."""
    return Term(N_("Please call the office.")) if "{phone}" in sentence else Term(sentence)


def written(request: HelpRequest) -> Message:
    return message(
        text(N_("✔️ {number}: I have passed it on."), number=request.number),
        buttons=[[back_button(request)]],
    )


def done(request: HelpRequest) -> Message:
    """How it stands after a decision that ends a conversation."""
    return message(
        text(N_("✔️ {number}: {state}"), number=request.number, state=state_of(request)),
        buttons=[[group.look_button(request)]],
    )


def refer_menu(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("🏥 {number}: which service? The person hears name, phone and hours."),
            number=request.number,
        ),
        buttons=[
            *[
                [Button(text(N_("{name}"), name=service.name), f"refer:{service.key}:{request.id}")]
                for service in county.services
            ],
            [back_button(request)],
        ],
    )


def close_menu(request: HelpRequest) -> Message:
    return message(
        text(N_("🗂 {number}: why is it closed? The person hears it."), number=request.number),
        buttons=[
            *[
                [Button(text(label), f"close:{key}:{request.id}")]
                for key, (label, _) in REASONS.items()
            ],
            [back_button(request)],
        ],
    )


def relax_menu(request: HelpRequest, rules: Sequence[str]) -> Message:
    question = (
        text(
            N_("🔓 {number}: I ask the person first. Only a yes changes it."), number=request.number
        )
        if rules
        else text(N_("🔓 {number}: there is no rule to relax."), number=request.number)
    )
    return message(
        question,
        buttons=[
            *[[Button(text(RULES[rule][0]), f"relax:ask:{rule}:{request.id}")] for rule in rules],
            [back_button(request)],
        ],
    )


def relax_asked(request: HelpRequest) -> Message:
    return message(
        text(N_("✔️ {number}: I have asked the person."), number=request.number),
        buttons=[[back_button(request)]],
    )


def drop_question(request: HelpRequest) -> Message:
    return message(
        text(N_("Call off {number}? Everybody concerned hears it."), number=request.number),
        buttons=[
            [Button(text(B_("✖️ Yes, call it off")), f"request:dropped:{request.id}")],
            [back_button(request)],
        ],
    )
