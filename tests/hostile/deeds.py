"""What everything that people do leaves in the audit log: by the form that does it, or the button.

A form that is new fails `test_deeds` until it has its line: here, or in `DEEDS` of `tests/<module>/matrix.py`.
"""

from tests.harness.modules import brought

# The form, with the kind of fact it is about where they differ -> its deeds; "" leaves none, and our rows as they are.
DEEDS = {
    "support:retire": "catalogue.save",
    "support:add_line": "catalogue.save",
    "support:line": "catalogue.save",
    "support:add_service": "catalogue.save",
    "support:service": "catalogue.save",
    "support:add_topic": "catalogue.save",
    "support:topic": "catalogue.save",
    "team:add": "team.add_member team.give_role",
    "team:confirm_reset": "team.reset_login",
    "team:withdraw_reset": "team.withdraw_reset",
    "team:end_role": "team.end_role",
    "team:member": "team.give_role",
    "team:lock": "team.set_active",
    "team:add_point": "team.save_hours team.save_point",
    "team:point": "team.save_hours team.save_point",
    "people:register": "person.register",
    "people:identity": "person.change",
    "people:join": "householdmember.add",
    "people:relate": "relation.add",
    "people:team_end": "team.end",
    "people:access": "exclusion.add",
    "people:readmit": "exclusion.remove",
    "people:protect": "case.member person.protect",
    "people:fact_add names": "personname.add",
    "people:fact_add contacts": "channel.add",
    "people:fact_add citizenships": "citizenship.add",
    "people:fact_add titles": "titleheld.add",
    "people:fact_add dwellings": "dwelling.add",
    "people:fact_add languages": "personlanguage.add",
    "people:fact_add consents": "consent.give",
    "people:fact_change names": "personname.change",
    "people:fact_change contacts": "channel.change",
    "people:fact_change citizenships": "citizenship.change",
    "people:fact_change titles": "titleheld.change",
    "people:fact_change dwellings": "dwelling.change",
    "people:fact_change languages": "personlanguage.change",
    "people:fact_change household": "householdmember.change",
    "people:fact_remove names": "personname.remove",
    "people:fact_remove contacts": "channel.remove",
    "people:fact_remove citizenships": "citizenship.remove",
    "people:fact_remove titles": "titleheld.remove",
    "people:fact_remove dwellings": "dwelling.remove",
    "people:fact_remove languages": "personlanguage.remove",
    "people:fact_remove household": "householdmember.remove",
    "people:fact_remove relations": "relation.remove",
    "people:fact_end citizenships": "citizenship.end",
    "people:fact_end titles": "titleheld.end",
    "people:fact_end dwellings": "dwelling.end",
    "people:fact_end consents": "consent.withdraw",
    "people:fact_end household": "householdmember.end",
    "people:merge": "person.merge",
    "people:different": "person.different",
    "funding:add": "programme.create",
    "funding:take_file": "programme.create",
    "funding:change": "programme.change",
    "funding:limit_remove": "programme.limit",
    "funding:limits": "programme.limit",
    "funding:rule": "programme.rule",
    "funding:move": "funding.reallocate",
    "funding:indicator_add": "indicator.keep",
    "funding:indicator": "indicator.keep",
    "funding:indicator_remove": "indicator.remove",
    "funding:where": "indicator.keep",
    "reports:export": "reports.export",
    "exchange:imports": "import.take",
    "casework:new": "case.open",
    "privacy:ask_any": "glass.ask glass.open",
    "privacy:ask": "glass.ask glass.open",
    "privacy:review": "glass.review",
    "privacy:copy": "copy.make",
    "privacy:restrict": "person.restrict",
    "privacy:end_hold": "retention.end_hold",
    "privacy:receive": "request.receive",
    "privacy:hold": "retention.hold",
    "privacy:answer": "request.answer",
    "privacy:extend": "request.extend",
    "privacy:withdraw": "erasure.withdraw",
    "privacy:automatic": "retention.automatic",
    "desk:contact": "funding.attribute support.record",
    "desk:group": "funding.attribute support.record",
    "desk:periods": "support.close_period",
    "desk:log": "funding.attribute support.record",
    "people:undo_merge": "person.merge_undone",
    "desk:step": "support.complete_step",
    "desk:payer": "funding.attribute",
    "desk:amend": "funding.attribute support.amend",
    "desk:remove": "support.remove",
    "desk:correct": "support.correct",
    "casework:case": "note.write",
    "casework:closure": "case.close",
    "casework:end_member": "case.member_end",
    "casework:note": "note.amend",
    "people:search": "",  # looks for people
    "privacy:escrow": "",  # takes two custodians with keys
    "people:find_same": "",  # looks for people
    "privacy:check": "",  # reads the audit log
    "privacy:confirm": "",  # takes a second person, who did not ask for it
    "casework:team": "case.member",
}
for _more in brought("DEEDS"):
    DEEDS |= _more
# What is asked by a button alone, or of somebody else than who asks for nearly everything: the deeds, and who asks.
BUTTONS = {
    "support:retire": ("catalogue.save", "coordinator"),
    "team:reset": ("team.reset_login", "coordinator"),
    "team:confirm_role": ("team.give_role team.reset_login", "coordinator"),
    "team:refuse_role": ("team.refuse_role", "coordinator"),
    "people:work_with": ("team.join", "reception"),
    "reports:fetch": ("reports.fetch", "coordinator"),
    "exchange:give_up": ("import.give_up", "coordinator of all points"),
    "privacy:fetch": ("copy.fetch", "coordinator"),
}


def leaves(form: str) -> str | None:
    """Its deeds; None when they are not said. `form`: its name, and the kind of fact."""
    return DEEDS.get(form, DEEDS.get(form.split()[0]))
