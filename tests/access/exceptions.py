"""The few ways that are exceptions, each with its reason: a new way needs none, or an entry here.

A way is named as "service METHOD path"; "*" stands for the chassis's ways, which are the same in each service.
"""

from __future__ import annotations

PROBES = {
    "* GET /health": "whether the process is well",
    "* GET /metrics": "counts",
    "* GET /quiescence": "what is left to do, counts",
}
"""Open to the network of the processes; that they hold nothing of anybody is tried."""
OF_NOBODY = {
    "registry GET /districts": "the city's districts and agencies",
    "registry GET /officers": "officers, whom their administrators see; there is none of the district here",
    "registry GET /totp": "the caller's own switch",
    "registry GET /accounts/{account}/log-ins": "times and addresses, no names",
    "registry GET /employers/{employer_no}/history": "nothing has come into force yet",
    "registry GET /employers/{employer_no}/standing": "months and counts: tests/registry/test_deregistration.py",
    "registry GET /employers/{employer_no}/deregistrations": "none is filed while people are insured: as above",
    "registry GET /deregistrations": "as above",
    "registry GET /deregistrations/{deregistration_no}": "as above",
    "registry GET /register-imports": "no file is imported here: tests/registry/test_register_imports.py",
    "registry GET /register-imports/{import_id}": "as above",
    "registry GET /register-imports/{import_id}/faults": "as above",
    "registry GET /idle-employers": "nobody is idle by the wall clock here: tests/registry/test_accounts.py",
    "registry GET /employers/{employer_no}/service": "where its online service stands, a word",
    "registry GET /working-days": "the calendar",
    "registry GET /guide": "the guide of the counter",
    "registry GET /guide/versions": "as above",
    "registry GET /guide/versions/{version}": "as above",
    "registry GET /templates": "the wording of papers, without data",
    "registry GET /templates/blank/{paper}": "as above",
    "registry GET /templates/{template_id}": "as above",
    "enrollment GET /choices": "lists of the forms",
    "enrollment GET /bases": "nobody is to be declared in September: tests/enrollment/test_declaring.py",
    "enrollment GET /limits": "the province's limits",
    "enrollment GET /imports/{import_id}": "no cut-over is open here: tests/enrollment/test_imports.py",
    "billing GET /rates": "policy data",
    "billing GET /serial-conflicts": "no bank has used a serial twice here: tests/billing/money/test_suspense.py",
    "billing GET /tasks": "no month lacks policy data here: tests/billing/test_set_aside.py",
    "notices GET /board": "notices to everybody",
    "notices GET /board/{identity}": "a notice to everybody",
    "notices GET /unread": "counts",
    "notices GET /reminders": "nothing is due on this day: tests/notices/test_reminders.py",
    "* GET /dead-letters": "no message is parked here: tests/chassis/test_parking.py",
    "* GET /audit/verify": "row numbers",
    "* GET /outbox/ids": "ids alone",
}
"""Readings that hold nothing of one employer, each with what they hold instead."""
ABSENT = {
    "enrollment GET /imports/{import_id}": "no cut-over is open here",
    "registry GET /deregistrations/{deregistration_no}": "none is filed while people are insured",
    "registry GET /register-imports/{import_id}": "no file is imported here",
    "registry GET /register-imports/{import_id}/faults": "as above",
}
"""Those of them that do not exist here."""
ANY_OFFICER = {
    "registry GET /employers": "every officer looks employers up: the public register",
    "registry GET /employers/{employer_no}": "the public register entry",
    "registry GET /employers/{employer_no}/opening": "that and when it was opened",
    "registry GET /employers/{employer_no}/specialist": "whom to call, masked",
    "registry GET /employers/{employer_no}/accounts": "who acts for it",
    "registry GET /employers/{employer_no}/applications": "what was applied for on paper",
    "registry GET /employers/{employer_no}/changes": "what was filed, masked",
    "registry GET /employers/{employer_no}/material-requests": "what was asked for, without its scans",
    "registry GET /applications/{application_no}": "as above",
    "registry GET /changes/{change_no}": "as above",
    "registry GET /material-requests/{request_no}": "as above",
    "registry GET /opening-cases/{case_no}": "as above, masked",
    "registry GET /coverage": "figures of the district",
    "billing GET /collection": "figures of the district",
}
"""Readings for which an officer of the district needs no further role."""
NOT_THE_EMPLOYERS = {
    "* POST /dead-letters/{letter_id}/replay": "the machinery's",
    "enrollment POST /imports": "opens a cut-over of whole lists, released by two",
    "notices POST /board": "a notice to everybody",
    "registry POST /totp": "the caller's own switch",
    "notices POST /board/{identity}/read": "the reader's own receipt",
    "notices POST /results/{identity}/read": "the reader's own receipt",
}
"""Acts that change nothing of an employer, whoever's name they carry."""
SECURITYS = {
    "registry POST /accounts/{account}/lock": "locks any account of the district",
    "registry POST /accounts/{account}/unlock": "as above",
}
"""Acts of the security administrator, who has no other business with employers."""
WITHOUT_TWIN = {
    "* POST /dead-letters/{letter_id}/replay": "no message is parked here: tests/chassis/test_parking.py",
    "registry POST /log-in": "asked by the gateway before anybody is known: tests/registry/test_same_answer.py",
    "registry POST /password": "only with the old password: tests/registry/test_approver.py",
    "registry POST /deregistrations/{deregistration_no}/accept": "none is filed: tests/registry/test_deregistration.py",
    "registry POST /deregistrations/{deregistration_no}/refuse": "as above",
    "registry POST /deregistrations/{deregistration_no}/withdraw": "as above",
    "registry POST /register-imports/{import_id}/release": "no file: tests/registry/test_register_imports.py",
    "enrollment POST /imports/{import_id}/rows": "no cut-over is open here: tests/enrollment/test_imports.py",
    "enrollment POST /imports/{import_id}/release": "as above",
    "enrollment POST /imports/{import_id}/advance": "as above",
}
"""Commands that nobody can give here, each with where its owner is tried."""
EVERY = (PROBES, OF_NOBODY, ABSENT, ANY_OFFICER, NOT_THE_EMPLOYERS, SECURITYS, WITHOUT_TWIN)
