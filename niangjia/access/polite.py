"""Sentences of Django and of the sign-in library that the house says in its own words: its Chinese addresses people as 您, where Django's says 你.

A catalogue of an app that is installed before Django's own is asked first. Nothing calls this module: it holds the texts for the catalogue.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES = (
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_lazy("Your password can’t be too similar to your other personal information."),
    gettext_lazy("Your password can’t be a commonly used password."),
    gettext_lazy("Your password can’t be entirely numeric."),
    gettext_lazy("Your old password was entered incorrectly. Please enter it again."),
    gettext_lazy("This field is required."),
    gettext_lazy("Enter a whole number."),
    gettext_lazy("Enter a number."),
    gettext_lazy("Enter a valid date."),
    gettext_lazy("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_lazy("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_lazy(
        "Enabling passwordless operation allows you to sign in using just this key, "
        "but imposes additional requirements such as biometrics or PIN protection."
    ),
)
