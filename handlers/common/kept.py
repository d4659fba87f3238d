"""How long things are kept, as people are told."""

from bot.usecases.clockwork import KEEP_CASES, KEEP_ENDED_REQUESTS

KEPT_DAYS = KEEP_ENDED_REQUESTS // (24 * 3600)
CASE_KEPT_DAYS = KEEP_CASES // (24 * 3600)
