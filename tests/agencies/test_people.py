"""Accounts: who may give, end and restore access, and that it ends at once."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from agencies.actions import deactivate, end_tenure, give_roles, invite, reactivate
from agencies.audit import verify_chain
from agencies.models import Event, Role, Tenure, User
from agencies.policy import Refusal
from tests.factories import at, person

NOW = at("2026-03-02")


@pytest.fixture
def typed(bp3mi):
    return {
        "name": "Orang Baru",
        "email": "Baru@Simpul.example",
        "agency": bp3mi.pk,
        "post_title": "Analis",
        "roles": ["OFFICER", "PRESS"],
    }


def open_page(browser, user):
    return browser.get(f"/kelola/pengguna/{user.pk}/")


def test_a_supervisor_sees_the_own_tree_and_an_admin_everybody(
    as_person, pimpinan, petugas, admin, petugas_unit, city, petugas_lain
):
    def seen(user):
        return {p.pk for p in as_person(user).get("/kelola/pengguna/").context["page"]}

    assert seen(pimpinan) == {pimpinan.pk, petugas.pk, admin.pk}
    assert seen(person(city, Role.SUPERVISOR)) > {petugas_unit.pk, petugas_lain.pk}
    assert seen(admin) > {petugas.pk, petugas_unit.pk, petugas_lain.pk}


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_many(as_person, pimpinan, bp3mi, rows, django_assert_max_num_queries):
    for _ in range(rows):
        person(bp3mi, Role.OFFICER, Role.PRESS)
    browser = as_person(pimpinan)

    with django_assert_max_num_queries(12):
        browser.get("/kelola/pengguna/")


def test_officers_and_press_do_not_get_in(as_person, petugas, humas):
    assert as_person(petugas).get("/kelola/pengguna/").status_code == 403
    assert as_person(humas).post("/kelola/pengguna/undang/", {}).status_code == 403


def test_an_invitation_shows_its_link_once(as_person, pimpinan, typed):
    browser = as_person(pimpinan)

    answer = browser.post("/kelola/pengguna/undang/", typed)
    first, second = browser.get(answer["Location"]), browser.get(answer["Location"])

    invited = User.objects.get(email="baru@simpul.example")
    assert invited.rights.roles == {Role.OFFICER, Role.PRESS}
    assert "/undangan/" in first.content.decode()
    assert "/undangan/" not in second.content.decode()
    event = Event.objects.get(verb="person.invited")
    assert "Orang Baru" not in str(event.after)


def test_the_second_click_invites_nobody(as_person, pimpinan, typed):
    browser = as_person(pimpinan)
    token = browser.get("/kelola/pengguna/undang/").context["form"]["token"].value()

    first = browser.post("/kelola/pengguna/undang/", typed | {"token": token})
    second = browser.post("/kelola/pengguna/undang/", typed | {"token": token})

    assert second.status_code == 422 or first["Location"] == second["Location"]
    assert Event.objects.filter(verb="person.invited").count() == 1


def test_a_used_address_is_said_beside_the_field(as_person, pimpinan, petugas, typed):
    answer = as_person(pimpinan).post("/kelola/pengguna/undang/", typed | {"email": petugas.email.upper(), "roles": []})

    assert answer.status_code == 422
    assert {"email", "roles"} == set(answer.context["form"].errors)
    assert 'value="Orang Baru"' in answer.content.decode()


def test_a_supervisor_invites_only_within_reach(as_person, pimpinan, unit, petugas_unit, typed):
    answer = as_person(pimpinan).post("/kelola/pengguna/undang/", typed | {"agency": unit.pk})

    assert answer.status_code == 422
    assert "agency" in answer.context["form"].errors
    with pytest.raises(Refusal):
        invite(by=pimpinan, at=NOW, name="X", email="x@simpul.example", agency=unit, post_title="A", roles=["OFFICER"])


def test_only_an_admin_makes_admins(as_person, pimpinan, admin, typed, bp3mi):
    refused = as_person(pimpinan).post("/kelola/pengguna/undang/", typed | {"roles": ["ADMIN"]})
    with pytest.raises(Refusal, match="hanya dapat diberikan oleh Admin"):
        invite(by=pimpinan, at=NOW, name="X", email="x@simpul.example", agency=bp3mi, post_title="A", roles=["ADMIN"])
    granted = as_person(admin).post("/kelola/pengguna/undang/", typed | {"roles": ["ADMIN"]})

    assert refused.status_code == 422
    assert granted.status_code == 302


def test_the_first_account_of_an_agency_is_given_by_an_admin(as_person, admin, city, unit, typed):
    above = person(city, Role.SUPERVISOR)

    refused = as_person(above).post("/kelola/pengguna/undang/", typed | {"agency": unit.pk})
    granted = as_person(admin).post("/kelola/pengguna/undang/", typed | {"agency": unit.pk})

    assert "Akun pertama" in refused.context["form"].errors["agency"][0]
    assert granted.status_code == 302


def test_deactivation_ends_sessions_at_once_and_for_good(as_person, pimpinan, petugas):
    browser = as_person(petugas)
    assert browser.get("/instansi/").status_code == 200

    as_person(pimpinan).post(f"/kelola/pengguna/{petugas.pk}/nonaktifkan/")

    assert browser.get("/instansi/").status_code == 302
    reactivate(User.objects.get(pk=petugas.pk), by=pimpinan, at=NOW)
    assert browser.get("/instansi/").status_code == 302
    assert Session.objects.exists()


def test_deactivation_ends_every_tenure_and_is_traced(pimpinan, petugas):
    deactivate(petugas, by=pimpinan, at=NOW)

    petugas.refresh_from_db()
    assert not petugas.is_active
    assert set(petugas.tenures.values_list("ends_on", flat=True)) == {dt.date(2026, 3, 2)}
    assert Event.objects.filter(verb="person.deactivated", object_code=str(petugas.pk)).count() == 1
    assert verify_chain().broken_at is None


def test_the_second_click_deactivates_nobody(as_person, pimpinan, petugas):
    browser = as_person(pimpinan)
    browser.post(f"/kelola/pengguna/{petugas.pk}/nonaktifkan/")

    again = browser.post(f"/kelola/pengguna/{petugas.pk}/nonaktifkan/")

    assert again.status_code == 409
    assert "sudah dinonaktifkan" in again.content.decode()


def test_nobody_deactivates_oneself(as_person, pimpinan, admin):
    for user in (pimpinan, admin):
        assert as_person(user).post(f"/kelola/pengguna/{user.pk}/nonaktifkan/").status_code == 403
        user.refresh_from_db()
        assert user.is_active


def test_a_supervisor_cannot_touch_an_admin_nor_people_elsewhere(as_person, pimpinan, admin, petugas_unit, unit, bp3mi):
    browser = as_person(pimpinan)

    assert browser.post(f"/kelola/pengguna/{admin.pk}/nonaktifkan/").status_code == 403
    assert browser.post(f"/kelola/pengguna/{petugas_unit.pk}/nonaktifkan/").status_code == 404
    both = person(unit, Role.OFFICER)
    Tenure.objects.create(post=bp3mi.posts.first(), user=both, role=Role.OFFICER, starts_on=dt.date(2020, 1, 1))
    assert browser.post(f"/kelola/pengguna/{both.pk}/nonaktifkan/").status_code == 403


def test_two_admins_who_end_one_another_leave_one(admin, bp3mi):
    second = person(bp3mi, Role.ADMIN)
    assert second.rights.roles == {Role.ADMIN}  # read before the first one acts, as in a request that waits
    deactivate(second, by=admin, at=NOW)

    with pytest.raises(Refusal, match="Admin terakhir"):
        deactivate(admin, by=second, at=NOW)
    with pytest.raises(Refusal, match="Admin terakhir"):
        end_tenure(admin.tenures.get(), by=second, at=NOW)

    assert Tenure.objects.current(on=dt.date(2026, 3, 2)).get(role=Role.ADMIN).user == admin


def test_the_last_admin_tenure_cannot_be_ended_by_the_admin_alone(admin):
    with pytest.raises(Refusal, match="oleh orang lain"):
        end_tenure(admin.tenures.get(), by=admin, at=NOW)


def test_reactivation_gives_the_last_roles_back_with_a_new_password(pimpinan, bp3mi):
    user = person(bp3mi, Role.OFFICER, Role.PRESS)
    deactivate(user, by=pimpinan, at=NOW)

    back, link = reactivate(user, by=pimpinan, at=at("2026-04-01"))

    current = Tenure.objects.current(on=dt.date(2026, 4, 1)).filter(user=back)
    assert set(current.values_list("role", flat=True)) == {Role.OFFICER, Role.PRESS}
    assert not back.has_usable_password()
    assert "/undangan/" in link
    assert not Tenure.objects.current(on=dt.date(2026, 3, 15)).filter(user=back).exists()


def test_reactivation_on_the_same_day_opens_the_same_tenures(pimpinan, petugas):
    deactivate(petugas, by=pimpinan, at=NOW)

    reactivate(petugas, by=pimpinan, at=NOW)

    assert list(petugas.tenures.values_list("ends_on", flat=True)) == [None]


def test_an_ended_role_counts_no_more_that_very_day(as_person, pimpinan, bp3mi):
    user = person(bp3mi, Role.OFFICER, Role.SUPERVISOR)
    tenure = user.tenures.get(role=Role.SUPERVISOR)
    browser = as_person(user)
    assert browser.get("/kelola/pengguna/").status_code == 200

    as_person(pimpinan).post(f"/kelola/peran/{tenure.pk}/akhiri/")

    assert browser.get("/kelola/pengguna/").status_code == 403
    assert browser.get("/instansi/").status_code == 200


def test_a_role_given_today_can_be_ended_today(pimpinan, petugas, bp3mi):
    give_roles(petugas, by=pimpinan, at=NOW, agency=bp3mi, post_title="Juru bicara", roles=[Role.PRESS])
    tenure = petugas.tenures.get(role=Role.PRESS)

    end_tenure(tenure, by=pimpinan, at=NOW)

    assert not Tenure.objects.current(on=dt.date(2026, 3, 2)).filter(pk=tenure.pk).exists()


def test_ending_a_role_elsewhere_is_not_found(as_person, pimpinan, petugas_unit):
    tenure = petugas_unit.tenures.get()

    assert as_person(pimpinan).post(f"/kelola/peran/{tenure.pk}/akhiri/").status_code == 404


def test_a_held_role_is_not_given_twice(as_person, pimpinan, petugas, bp3mi):
    browser = as_person(pimpinan)
    roles = {"agency": bp3mi.pk, "post_title": "Analis", "roles": ["OFFICER", "PRESS"]}

    browser.post(f"/kelola/pengguna/{petugas.pk}/peran/", roles)
    browser.post(f"/kelola/pengguna/{petugas.pk}/peran/", roles)
    empty = browser.post(f"/kelola/pengguna/{petugas.pk}/peran/", {})

    assert sorted(petugas.tenures.values_list("role", flat=True)) == ["OFFICER", "PRESS"]
    assert empty.status_code == 422


def test_a_new_link_kills_the_old_one(as_person, client, pimpinan, bp3mi):
    user, old = invite(
        by=pimpinan, at=NOW, name="X", email="x@simpul.example", agency=bp3mi, post_title="A", roles=["OFFICER"]
    )

    as_person(pimpinan).post(f"/kelola/pengguna/{user.pk}/tautan/")

    assert client.get(f"/{old.split('/', 3)[3]}").status_code == 410


def test_nobody_makes_a_link_for_somebody_who_has_a_password(as_person, pimpinan, petugas):
    petugas.set_password("kata-sandi-sendiri")
    petugas.save()

    answer = as_person(pimpinan).post(f"/kelola/pengguna/{petugas.pk}/tautan/")

    petugas.refresh_from_db()
    assert answer.status_code == 409
    assert petugas.check_password("kata-sandi-sendiri")


def test_the_page_tells_why_a_button_is_disabled(as_person, pimpinan, admin):
    browser = as_person(pimpinan)

    assert "hanya dapat diubah oleh Admin" in open_page(browser, admin).content.decode()
    assert "oleh orang lain" in open_page(browser, pimpinan).content.decode()
