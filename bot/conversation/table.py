"""What flows ask, as tables in Markdown."""

import re
from collections.abc import Iterable, Iterator

from bot.conversation.check import walked
from bot.conversation.questions import Flow, no_default
from bot.domain.county import County


def table(flows: Iterable[Flow], county: County) -> str:
    """Every flow as a Markdown table: what it asks, when, and what it takes for an answer."""
    return "\n".join(line for flow in flows for line in _table_of(flow, county))


def _table_of(flow: Flow, county: County) -> Iterator[str]:
    known = walked(flow, county)
    yield f"## {flow.name}"
    yield ""
    yield "| | Question | Answer | Choices | Asked | Can be skipped |"
    yield "|---|---|---|---|---|---|"
    for ask in flow.asks:
        labels = dict.fromkeys(one.label.msgid for one in known.choices.get(ask.key, {}).values())
        needs = [f"`{key}`" for key in sorted(known.needs.get(ask.key, ()))]
        asked = f"depends on {', '.join(needs)}" if needs else "always"
        if ask.default is not no_default:
            asked += "; has a default"
        cells = (
            f"`{ask.key}`",
            ask.question,
            _words_of(type(ask.reader).__name__),
            "; ".join(labels) or "—",
            asked,
            "yes" if ask.optional else "no",
        )
        yield "| " + " | ".join(_cell(one) for one in cells) + " |"
    yield ""
    yield f"At the end: summary, “{flow.confirm}”." if flow.confirm else "At the end: no summary."
    yield ""


def _words_of(class_name: str) -> str:
    """``TimeOfDay`` as ``time of day``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).lower()


def _cell(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")
