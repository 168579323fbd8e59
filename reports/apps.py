"""The reports app."""

from django.apps import AppConfig

from config.numbers import provide


class ReportsConfig(AppConfig):
    """Registers the app, and what it counts for the pages of agencies and agreements."""

    name = "reports"

    def ready(self) -> None:
        """Count for the pages that stand in the apps below."""
        from reports.board import of_agency, of_agreement

        provide("agency", of_agency.numbers)
        provide("agreement", of_agreement.numbers)
