"""The database.

Code above this package sees `Tx` (tx.py) and the errors; the composition root, `open_database`.
"""
