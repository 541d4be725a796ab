"""What is wrong with what a procedure.toml says of identity and representation."""

SENTENCES: dict[str, dict[str, str]] = {
    "office_proof.no_ways": {
        "ja": '{key}には、認める組合せを[["photo"], ["no_photo", "no_photo"]]のように並べてください',
        "en": '{key} must list what is enough, each way a list of papers: [["photo"], ["no_photo", "no_photo"]]',
    },
}
