"""What every county's file chooses from: the kinds of help and numbers that have translated names.

The order of the groups is the order of the pictures on the screen.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.county import Group, LifeArea, Topic
from bot.messages import B_, N_

GROUP_NAMES: Final[Mapping[Group, str]] = {
    Group.DOCTOR: B_("🩺 Doctor"),
    Group.OFFICE: B_("🏛️ Office"),
    Group.LETTER: B_("✉️ Letter or form"),
    Group.SCHOOL: B_("🏫 School and child"),
    Group.GERMAN: B_("📚 German and homework"),
    Group.HOME: B_("🏠 Flat and bank"),
    Group.WORK: B_("💼 Work and courses"),
    Group.PEOPLE: B_("🤝 People and leisure"),
}

CATEGORY_NAMES: Final[Mapping[str, str]] = {
    "doctor": B_("Company to a doctor"),
    "immigration_office": B_("Immigration office"),
    "jobcenter": B_("Jobcenter"),
    "social_office": B_("Social welfare office"),
    "youth_office": B_("Youth welfare office"),
    "letter": B_("Understand a letter"),
    "form": B_("Fill in a form"),
    "school": B_("School or nursery"),
    "homework": B_("Homework help"),
    "practise_german": B_("Practise German"),
    "flat": B_("Flat or landlord"),
    "bank": B_("Bank, insurance, post"),
    "work": B_("Work or training"),
    "course": B_("German course"),
    "leisure": B_("Club or leisure"),
    "other": B_("Something else"),
}

#: What to bring to an appointment, by the keys of a county's file.
BRING_NAMES: Final[Mapping[str, str]] = {
    "id": N_("identity card, passport or residence document"),
    "insurance_card": N_("health insurance card"),
    "medicine_list": N_("list of your medicines"),
    "referral": N_("referral from your doctor"),
    "vaccination": N_("vaccination booklet"),
    "letter": N_("the letter it is about"),
    "form": N_("the form, and the papers it asks for"),
    "office_letters": N_("the last letters of the office"),
    "pay_slips": N_("pay slips or the Jobcenter's notice"),
    "rental_contract": N_("rental contract"),
    "bank_card": N_("bank card"),
    "school_papers": N_("school reports and letters of the school"),
    "school_bag": N_("school bag with books and homework"),
    "certificates": N_("certificates and CV"),
    "pen": N_("pen and paper"),
}

LIFE_AREA_NAMES: Final[Mapping[LifeArea, str]] = {
    LifeArea.HOUSING: N_("Housing"),
    LifeArea.ORIENTATION: N_("Orientation in daily life"),
    LifeArea.EDUCATION: N_("Language and education"),
    LifeArea.WORK: N_("Work and vocational training"),
    LifeArea.COMMUNITY: N_("Leisure and community"),
}

TOPIC_NAMES: Final[Mapping[Topic, str]] = {
    Topic.OPERATION: N_("an operation"),
    Topic.ANAESTHESIA: N_("anaesthesia"),
    Topic.MENTAL_HEALTH: N_("mental health"),
    Topic.POLICE: N_("the police"),
    Topic.COURT: N_("a court"),
    Topic.ASYLUM_HEARING: N_("an asylum hearing"),
}

EMERGENCY_NAMES: Final[Mapping[str, str]] = {
    "ambulance": N_("Ambulance and fire brigade"),
    "police": N_("Police"),
    "doctor_on_call": N_("Doctor at night and at weekends"),
    "women": N_("Help for women who suffer violence"),
    "children": N_("Help for children and young people"),
    "worries": N_("Telephone counselling, day and night"),
    "poison": N_("Help in case of poisoning"),
}
