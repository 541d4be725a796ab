"""What a file for ``--file`` looks like, shown by the help of the commands that take one. YAML here; JSON does as well.

A test reads each of them the way the command does.
"""

_ARRIVAL = """\
arrived_at: 2026-12-01T11:00            # *
forms: [disclosure]                     # disclosure | correction | halt | proxy
pages: 2
signed: {disclosure: true}
rights: [disclosure]                    # the boxes ticked
documents:
  - {holder: subject, type: drivers_licence, photo: true, expires_on: 2028-04-01,
     address: stated, name_matches: true, masking: not_shown, number: "012345678900"}
  - {holder: representative, type: resident_record, issued_on: 2026-11-01,
     address: stated, name_matches: true, masking: masked}
authority: {type: family_register, issued_on: 2026-10-20,
            masking: masked}            # masked | not_shown | open; may be left out
                                        # a mandate also: rights: [disclosure], what it was given for
corrections: [{item: address, wrong: Sample 1-1, right: Sample 1-2}]
halt: {measure: cease, reason: unneeded}
method: paper                           # paper | electronic"""

FILES: dict[str, str] = {
    "open": """\
rights: [disclosure, halt_use]          # *
category: customer                      # * customer | shareholder | applicant | employee
channel: post                           # * post | phone | email | visit
language: ja                            # * ja | en
received_at: 2026-11-20T10:15
subject: {name: 見本 花子, kana: ミホン ハナコ, postcode: 100-0001,
          address: 東京都千代田区千代田1-1}           # * name
representative: {kind: minor, name: 見本 一郎, postcode: 100-0001,
                 address: 東京都千代田区千代田1-1}    # minor | adult_ward | agent
mail_to: representative
address_on_record: true                 # a hint to whoever verifies; it proves nothing
regime: jp-appi                         # jp-appi | eu-gdpr; else the office's own (organisation.toml)
note: 午後に電話""",
    "amend": """\
why: 転居の届出                          # *
subject: {postcode: 100-0002, address: 東京都千代田区皇居外苑1-1}
drop_representative: false              # true: there is none, or was told by mistake
address_on_record: false""",
    "receive_forms": _ARRIVAL,
    "reopen": _ARRIVAL,
    "decide": """\
outcomes:
  disclosure: {outcome: granted, enclosures: 3}
  halt_use: {outcome: refused, ground: no_ground_to_halt, explanation: 利用停止の理由にあたる事実が認められません。}
# outcome: granted | partly | not_held | alternative | refused
# a halt or erasure that is granted also needs confirmed: true
# a halt or a disclosure may name the group companies it was passed to: passed_to: [Sample Systems K.K.]""",
}
"""Of the steps of a case, by their names."""

OF_OTHERS: dict[str, str] = {
    "inquiry add": """\
channel: phone                          # * post | phone | email | visit
language: ja                            # * ja | en
about: 自分の情報をどう使っているか知りたい。    # *
received_at: 2026-11-20T10:15
person: {name: 見本 花子, phone: 03-0000-0000}""",
    "inquiry promote": """\
rights: [purpose_notice]                # *
category: customer                      # *
subject: {name: 見本 花子, postcode: 100-0001, address: 東京都千代田区千代田1-1}
# all else as for open; channel, language and person are the inquiry's unless given,
# the time of first contact is always the inquiry's""",
}
