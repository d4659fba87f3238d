"""A plain PTB application, polling, with one handler: ``python -m benchmarks.plain SERVER``."""

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.footprint import TOKEN


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(str(update.message.text))


if __name__ == "__main__":
    app = ApplicationBuilder().token(TOKEN).base_url(f"{sys.argv[1]}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling()
