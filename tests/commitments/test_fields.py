"""Numbers are typed and shown again in one notation, whatever the language of the page."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from commitments.forms.fields import AmountField


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("amount", ["4", "2.5", "1200", "1200.50", "1000000"])
def test_a_stored_number_is_read_back_as_the_same_number(language, amount):
    field = AmountField()

    with translation.override(language):
        shown = field.prepare_value(Decimal(amount))

        assert field.clean(shown) == Decimal(amount)


@pytest.mark.parametrize("typed", ["1,200", "1.200,500"])
def test_a_comma_before_three_digits_is_asked_about_instead_of_guessed(typed):
    with pytest.raises(forms.ValidationError, match="2,5"):
        AmountField().clean(typed)
