"""python-telegram-bot and aiogram talk to the simulator and get the types they declare."""

import aiogram
import aiogram.types
import pytest
import telegram
from telegram.constants import ParseMode

from simulator import Account, BotApiServer, Phone

PNG = b"\x89PNG simulated"


async def test_ptb_sends_edits_and_deletes(
    bot: telegram.Bot, phone: Phone, server: BotApiServer
) -> None:
    keyboard = telegram.InlineKeyboardMarkup.from_button(
        telegram.InlineKeyboardButton("Ja", callback_data="yes", style="success")
    )
    sent = await bot.send_message(
        phone.chat.id, "<b>Hallo</b> Sara", parse_mode=ParseMode.HTML, reply_markup=keyboard
    )
    assert isinstance(sent, telegram.Message)
    assert (sent.text, sent.text_html, sent.reply_markup) == (
        "Hallo Sara",
        "<b>Hallo</b> Sara",
        keyboard,
    )
    edited = await bot.edit_message_text("Danke", phone.chat.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    await bot.edit_message_reply_markup(phone.chat.id, sent.message_id, reply_markup=keyboard)
    assert phone.last.buttons == (("Ja",),)
    assert await bot.delete_message(phone.chat.id, sent.message_id)
    assert [seen.text for seen in phone.messages] == ["/start"]
    assert server.violations == []


async def test_aiogram_sends_edits_and_deletes(aio: aiogram.Bot, phone: Phone) -> None:
    sent = await aio.send_message(phone.chat.id, "<i>Hallo</i>", parse_mode=ParseMode.HTML)
    assert (sent.text, sent.html_text) == ("Hallo", "<i>Hallo</i>")
    edited = await aio.edit_message_text("Danke", chat_id=phone.chat.id, message_id=sent.message_id)
    assert isinstance(edited, aiogram.types.Message)
    assert await aio.delete_messages(phone.chat.id, [sent.message_id])


async def test_ptb_media(bot: telegram.Bot, phone: Phone, server: BotApiServer) -> None:
    voice = await bot.send_voice(phone.chat.id, b"OggS", duration=4, caption="Hör zu")
    assert voice.voice is not None
    assert voice.voice.to_dict()["duration"] == 4
    photo = await bot.send_photo(phone.chat.id, PNG)
    assert len(photo.photo) == 2
    letter = await bot.send_document(phone.chat.id, b"%PDF", filename="brief.pdf")
    assert letter.document is not None
    assert letter.document.file_name == "brief.pdf"
    again = await bot.send_document(phone.chat.id, letter.document.file_id)
    assert again.document == letter.document
    place = await bot.send_location(phone.chat.id, 51.89, 10.78)
    assert place.location == telegram.Location(10.78, 51.89)
    captioned = await bot.edit_message_caption(phone.chat.id, voice.message_id, caption="Bitte")
    assert isinstance(captioned, telegram.Message)
    assert captioned.caption == "Bitte"
    assert [seen.kind for seen in phone.messages][1:] == [
        "voice",
        "photo",
        "document",
        "document",
        "location",
    ]
    assert server.violations == []


async def test_ptb_downloads_what_a_person_sent(bot: telegram.Bot, phone: Phone) -> None:
    await phone.sends_voice(b"OggS hello", duration=2)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.voice is not None
    file = await bot.get_file(update.message.voice.file_id)
    assert bytes(await file.download_as_bytearray()) == b"OggS hello"


async def test_ptb_copies_and_forwards(
    bot: telegram.Bot, phone: Phone, server: BotApiServer, omid: Account
) -> None:
    other = server.phone(omid)
    await other.starts()
    said = await phone.sends_voice()
    copied = await bot.copy_message(omid.id, phone.chat.id, said.message_id, caption="von Sara")
    assert isinstance(copied, telegram.MessageId)
    assert (other.last.kind, other.last.text) == ("voice", "von Sara")
    forwarded = await bot.forward_message(omid.id, phone.chat.id, said.message_id)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.first_name == "Sara"


async def test_ptb_small_things(bot: telegram.Bot, phone: Phone, server: BotApiServer) -> None:
    said = await phone.says("Danke")
    assert await bot.send_chat_action(phone.chat.id, "typing")
    assert await bot.set_message_reaction(phone.chat.id, said.message_id, "👍")
    assert phone.last.reactions == ("👍",)
    sent = await bot.send_message(phone.chat.id, "wichtig", reply_to_message_id=said.message_id)
    assert sent.reply_to_message is not None
    assert await bot.pin_chat_message(phone.chat.id, sent.message_id)
    assert [seen.text for seen in phone.pinned] == ["wichtig"]
    chat = await bot.get_chat(phone.chat.id)
    assert chat.pinned_message is not None
    assert (chat.type, chat.first_name, chat.pinned_message.text) == ("private", "Sara", "wichtig")
    assert await bot.unpin_chat_message(phone.chat.id)
    assert phone.pinned == []
    member = await bot.get_chat_member(phone.chat.id, phone.chat.id)
    assert isinstance(member, telegram.ChatMemberMember)
    assert server.violations == []


@pytest.mark.parametrize("language", ["", "ar"])
async def test_ptb_profile(
    bot: telegram.Bot, phone: Phone, language: str, server: BotApiServer
) -> None:
    code = language or None
    commands = [telegram.BotCommand("help", "Hilfe")]
    assert await bot.set_my_commands(commands, language_code=code)
    assert await bot.get_my_commands(language_code=code) == tuple(commands)
    assert phone.menu == ["help"]
    scope = telegram.BotCommandScopeChat(phone.chat.id)
    assert await bot.set_my_commands([telegram.BotCommand("start", "Los")], scope=scope)
    assert phone.menu == ["start"]
    assert await bot.delete_my_commands(scope=scope)
    assert phone.menu == ["help"]
    assert await bot.set_my_name("Lotse Harz", language_code=code)
    assert (await bot.get_my_name(language_code=code)).name == "Lotse Harz"
    assert await bot.set_my_description("Hilft beim Ankommen", language_code=code)
    assert (await bot.get_my_description(language_code=code)).description == "Hilft beim Ankommen"
    assert await bot.set_my_short_description("Hilft", language_code=code)
    assert (await bot.get_my_short_description(language_code=code)).short_description == "Hilft"
    assert await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(), telegram.MenuButtonCommands)
    assert server.violations == []


async def test_get_me(bot: telegram.Bot, aio: aiogram.Bot) -> None:
    assert bot.bot.username == "lotse_bot"
    assert bot.bot.can_read_all_group_messages is False
    assert (await aio.get_me()).id == 123456


async def test_ptb_errors_are_its_own(bot: telegram.Bot, phone: Phone) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.send_message(1, "Hallo")
    await phone.blocks_bot()
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(phone.chat.id, "Hallo")
