"""Lotse: help for refugees from volunteers, each in their own language.

`docs/ARCHITECTURE.md` shows the house.
"""

import os

# python-telegram-bot reads this whenever it makes a duration: timedelta now, as its next major
# version will, and no warning in the place of an error (its RetryAfter warns while it is being
# raised).
os.environ.setdefault("PTB_TIMEDELTA", "1")
