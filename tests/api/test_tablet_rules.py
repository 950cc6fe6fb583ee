"""The document with the rules that browsers get."""

import dataclasses
import json

from api.intakes import lists
from api.tablet.rules import rules_document
from knowledge.catalogue_folder import Edition
from knowledge.portable import portable


def test_document_holds_the_rules_and_the_lists_of_the_form(knowledge):
    document = json.loads(rules_document(knowledge)[0])
    rules = portable(knowledge)
    assert {name: document[name] for name in rules} == rules
    assert document["sectorenlijst"] == [list(choice) for choice in lists.sectors(knowledge)]
    assert document["naastGemeenten"] == [["buiten_regio", "Buiten de regio Utrecht"], ["onbekend", "Weet ik niet"]]


def test_document_is_made_once(knowledge):
    assert rules_document(knowledge)[0] is rules_document(knowledge)[0]


def test_other_data_has_another_tag(knowledge):
    others = tuple(initiative for initiative in knowledge.catalogue if initiative.id != "spot035")
    fewer = dataclasses.replace(knowledge, editions=Edition(others, "1"))
    assert rules_document(fewer)[1] != rules_document(knowledge)[1]
    assert rules_document(dataclasses.replace(knowledge))[1] == rules_document(knowledge)[1]
