"""Each method that the simulator has, called once: both libraries read the answer as its type.

The fixture `server` reads every answer at its end (`tests/simulator/reading.py`).
"""

from simulator import BotApiServer, Phone
from simulator.methods import METHODS
from tests.simulator.conftest import Api

URL = "https://bot.example.org/hook"


async def test_every_method_answers_as_declared(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    sara = phone.account
    group = server.group("Koordination", topics=True)
    await group.add_bot(by=sara, admin=True)
    chat: dict[str, int] = {"chat_id": phone.chat.id}
    office: dict[str, int] = {"chat_id": group.chat.id}

    await api("getMe")
    await api("getWebhookInfo")
    await api("setWebhook", url=URL)
    await api("deleteWebhook")
    await api("getUpdates", timeout=0)

    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
    sent = (await api("sendMessage", **chat, text="Hallo", reply_markup=keyboard)).result
    message = {**chat, "message_id": sent["message_id"]}
    tap = await phone.taps("Ja")
    await api("answerCallbackQuery", callback_query_id=tap.id)
    await api("editMessageText", **message, text="Danke")
    await api("editMessageReplyMarkup", **message, reply_markup=keyboard)
    await api("setMessageReaction", **message, reaction=[{"type": "emoji", "emoji": "👍"}])
    await api("pinChatMessage", **message)
    await api("unpinChatMessage", **message)
    await api("sendLocation", **chat, latitude=51.89, longitude=10.78)
    await api("sendChatAction", **chat, action="typing")
    said = await phone.sends_voice()
    file_id = said.content["voice"]["file_id"]
    await api("getFile", file_id=file_id)
    voice = (await api("sendVoice", **chat, voice=file_id)).result
    await api("editMessageCaption", **chat, message_id=voice["message_id"], caption="Bitte")
    photo = (await phone.sends_photo()).content["photo"][-1]["file_id"]
    await api("sendPhoto", **chat, photo=photo)
    document = (await phone.sends_document(b"%PDF")).content["document"]["file_id"]
    await api("sendDocument", **chat, document=document)
    there = {"from_chat_id": phone.chat.id, "message_id": said.message_id}
    await api("copyMessage", **office, **there)
    forwarded = (await api("forwardMessage", **office, **there)).result
    await api("deleteMessage", **message)
    await api("deleteMessages", **office, message_ids=[forwarded["message_id"]])

    await api("getChat", **office)
    await api("getChatMember", **office, user_id=sara.id)
    await api("getChatAdministrators", **office)
    topic = (await api("createForumTopic", **office, name="H-1001")).result
    thread = {**office, "message_thread_id": topic["message_thread_id"]}
    await api("editForumTopic", **thread, name="H-1001 ✔️")
    await api("closeForumTopic", **thread)
    await api("reopenForumTopic", **thread)
    await api("deleteForumTopic", **thread)
    await api("leaveChat", **office)

    await api("setMyCommands", commands=[{"command": "help", "description": "Hilfe"}])
    await api("getMyCommands")
    await api("deleteMyCommands")
    await api("setMyName", name="Lotse")
    await api("getMyName")
    await api("setMyDescription", description="Hilft")
    await api("getMyDescription")
    await api("setMyShortDescription", short_description="Hilft")
    await api("getMyShortDescription")
    await api("setChatMenuButton", menu_button={"type": "commands"})
    await api("getChatMenuButton")

    answers = {entry.method: entry.answer for entry in server.journal.entries}
    assert answers.keys() == METHODS.keys()
    refused = {
        method: answer for method, answer in answers.items() if not (answer and answer["ok"])
    }
    assert refused == {}
    assert server.violations == []
