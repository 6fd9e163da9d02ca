"""Who may do what: one table of roles and actions. Every address of the app names the one action that it needs."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from store.accounts import Account
from store.round_states import RoundState


class Role(StrEnum):
    """What a person is in the evaluation. An administrator keeps accounts and does not judge."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    EVALUATOR = "evaluator"
    AGENCY = "agency"
    READER = "reader"


class Action(StrEnum):
    """What can be done in the app."""

    OWN_ACCOUNT = "own_account"
    SEE_ROUND = "see_round"
    SEE_AGENCY = "see_agency"
    JUDGE = "judge"
    APPEAL = "appeal"
    SEE_APPEALS = "see_appeals"
    SEE_AUDIT = "see_audit"
    MANAGE_ACCOUNTS = "manage_accounts"


Reach = Literal["all", "own"]
"""Over which agencies an action reaches: all of them, or only the one that a representative speaks for."""

_R, _A = Role, Action
PERMISSIONS: Mapping[Role, Mapping[Action, Reach]] = MappingProxyType(
    {
        _R.ADMINISTRATOR: {
            _A.OWN_ACCOUNT: "all",
            _A.SEE_ROUND: "all",
            _A.SEE_AGENCY: "all",
            _A.SEE_APPEALS: "all",
            _A.SEE_AUDIT: "all",
            _A.MANAGE_ACCOUNTS: "all",
        },
        _R.LEAD: {
            _A.OWN_ACCOUNT: "all",
            _A.SEE_ROUND: "all",
            _A.SEE_AGENCY: "all",
            _A.JUDGE: "all",
            _A.SEE_APPEALS: "all",
            _A.SEE_AUDIT: "all",
        },
        _R.EVALUATOR: {
            _A.OWN_ACCOUNT: "all",
            _A.SEE_ROUND: "all",
            _A.SEE_AGENCY: "all",
            _A.JUDGE: "all",
            _A.SEE_APPEALS: "all",
        },
        _R.AGENCY: {_A.OWN_ACCOUNT: "all", _A.SEE_AGENCY: "own", _A.APPEAL: "own", _A.SEE_APPEALS: "own"},
        _R.READER: {_A.OWN_ACCOUNT: "all", _A.SEE_ROUND: "all", _A.SEE_AGENCY: "all"},
    }
)

OPEN_TO_AGENCIES: tuple[RoundState, ...] = ("provisional", "frozen", "published")
"""States of a round in which a representative sees the own agency's findings."""


def may(account: Account, action: Action, agency: str | None = None) -> bool:
    """Whether an account may do this; `agency` is the agency that it is about, None where it is about none or all."""
    reach = PERMISSIONS[Role(account.role)].get(action)
    return reach == "all" or (reach == "own" and agency is not None and agency == account.agency)


def may_see(account: Account, agency: str, state: RoundState) -> bool:
    """Whether an account may see findings and evidence of an agency in a round of this state."""
    if Role(account.role) is Role.AGENCY and state not in OPEN_TO_AGENCIES:
        return False
    return may(account, Action.SEE_AGENCY, agency)
