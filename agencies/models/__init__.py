"""Who acts here, and under which pact."""

from agencies.models.agency import Agency, AgencyKind, Alias, Holiday, HolidayKind, Paper, Zone
from agencies.models.agreement import Agreement, AgreementKind, Clause, Party, Relation
from agencies.models.delivery import Channel, Delivery, DeliveryState
from agencies.models.event import Event, EventHead, EventText
from agencies.models.form import Counter, Draft, FormToken
from agencies.models.people import AuditAssignment, Contact, Holding, Post, Profile, Role, Tenure, User

__all__ = [
    "Agency",
    "AgencyKind",
    "Agreement",
    "AgreementKind",
    "Alias",
    "AuditAssignment",
    "Channel",
    "Clause",
    "Contact",
    "Counter",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Event",
    "EventHead",
    "EventText",
    "FormToken",
    "Holding",
    "Holiday",
    "HolidayKind",
    "Paper",
    "Party",
    "Post",
    "Profile",
    "Relation",
    "Role",
    "Tenure",
    "User",
    "Zone",
]
