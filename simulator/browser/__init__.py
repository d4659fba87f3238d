"""The phones in a browser: a page, a JSON API and a stream of events.

`page.py` is the application, `deeds.py` what people can do, `watch.py` and `stream.py` the events,
`shapes.py` what a chat looks like in JSON, `guard.py` who may call. What only the embedder knows
(the bot's clock, its outbox, guided tours) comes in as a `Stage`; nothing here knows the bot.
"""

from simulator.browser.page import Page
from simulator.browser.stage import Stage

__all__ = ["Page", "Stage"]
