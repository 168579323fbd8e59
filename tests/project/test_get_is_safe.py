"""Looking changes nothing: walking through every door moves no row, and marks nothing as read."""

from tests.project.crawling import changed, digest_of, let_go
from tests.project.test_doors import PEOPLE, rows

READ_MARKERS = set()  # pages that may note that they were opened; there are none


def test_walking_through_every_door_moves_no_row(example, signed_in):
    for person in PEOPLE:
        signed_in[person].get("/")
    before, moved = digest_of(), {}

    for person in PEOPLE:
        for row in rows():
            if row["method"] == "GET" and row["url_name"] not in READ_MARKERS:
                let_go(signed_in[person].get(example.address(row["url_name"], row["object"])))
        moved[person] = changed(before, digest_of())

    assert moved == dict.fromkeys(PEOPLE, [])


def test_a_form_in_the_address_does_nothing(example, signed_in):
    """What a POST would do is not done by a GET with the same fields."""
    before = digest_of()

    for row in rows():
        if row["method"] == "POST":
            address = example.address(row["url_name"], row["object"])
            for person in ("petugas.bp3mi", "pimpinan.bp3mi"):
                look = signed_in[person].get(
                    address, {"aksi": "sampaikan", "text": "Isi", "lines": "Isi", "reason": "Isi"}
                )
                let_go(look)

    assert changed(before, digest_of()) == []
