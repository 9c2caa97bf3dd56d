"""The page of one dispute: money, parties, story; clocks, papers, and the figures that count it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.flow.api import running_of, stages_of, steps_for
from niangjia.kit import mask
from niangjia.kit.components import Act
from niangjia.kit.pages import Request, opens, render
from niangjia.kit.panels import panels
from niangjia.kit.who import allows, which
from niangjia.rights import queries
from niangjia.rights.drawn import kinds
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute
from niangjia.rights.shown import claims, common, mediation
from niangjia.rights.shown import disputes as shown

FEW = 200  # workers that the page lists
OFFICE = (May.SEE_CLAIMANTS, May.MEDIATE, May.RECEIPT, May.ACCEPT_DISPUTE, May.CLOSE_DISPUTE, May.TRANSFER_DISPUTE)


@require_safe
@opens(May.SEE_DISPUTE, by="uuid")
def dispute(request: Request, dispute: Dispute) -> HttpResponse:
    """One case: money, parties, story; clocks, papers, and the figures that count it."""
    may = which(request.user, list(OFFICE), dispute)
    open_eyed, leads = May.SEE_CLAIMANTS in may, May.MEDIATE in may
    changing = leads and dispute.state in ("APPLIED", "MEDIATING")
    workers, firms = list(queries.claimants_of(dispute)[:FEW]), list(dispute.respondents.select_related("employer").order_by("pk"))
    crowd, sums, account = queries.crowd_of(dispute), queries.sums_of(dispute), queries.account_of(dispute)
    there = queries.unions_of(firms)
    first = mask.name(workers[0].person.name) if workers else ""
    looked = queries.admission_of(dispute, len(firms)) if dispute.state == "APPLIED" and open_eyed else []
    table = claims.claimants_table(dispute, workers, account, open_=open_eyed, may=changing, reveal=shown.opened_at) if workers else None
    acts = [Act(_("Draw up a paper"), reverse("rights:draw", args=[dispute.uuid]), icon="file-text")] if leads and kinds(dispute) else []
    context: dict[str, Any] = {
        "dispute": dispute, "crumbs": [(_("Disputes"), reverse("rights:disputes")), (dispute.reference, "")],
        "title": shown.title(dispute, first, crowd, firms), "state": shown.state(dispute), "sentence": shown.sentence(dispute),
        "stages": stages_of(dispute, shown.LINE), "steps": shown.moves(dispute, may, steps_for(dispute, request.user), sums),
        "move_url": reverse("rights:dispute_step", args=[dispute.uuid]), "why": shown.waits(dispute, crowd, len(firms), sums),
        "money": claims.money_table(sums, account, open_=True), "receipts": shown.receipts_table(dispute, may=May.RECEIPT in may),
        "crowd": shown.crowd_words(crowd), "workers": table, "more": max(crowd.workers - len(workers), 0),
        "firms": [(line, shown.respondent_pairs(line, there.get(line.employer_id))) for line in firms],
        "applicants": shown.applicant_pairs(workers, crowd, queries.members_among(dispute)), "respondents": shown.firms_words(len(firms)), "changing": changing, "entries": shown.story(dispute) if open_eyed else [],
        "open_eyed": open_eyed, "clocks": running_of(dispute), "papers": common.paper_rows(dispute) if open_eyed else [], "agreement": shown.agreement_pairs(dispute),
        "counted": shown.counted(dispute, crowd, len(firms), sums), "panels": panels(request, dispute), "seen": common.seen_by(dispute, request.user),
        "out_of": dispute.event if dispute.event is not None and allows(request.user, May.SEE_EVENT, dispute.event) else None,
        "may_file": leads, "acts": acts, "plan": mediation.plan_table(dispute, sums.received), "checks": mediation.checks_list(looked),
        "admission": mediation.admission_words(looked) if looked else "", "mediators": mediation.mediators_of(dispute, may=leads),
        "sittings": mediation.sittings_of(dispute, may=leads) if open_eyed else [], "filings": mediation.filings_of(dispute, may=leads), "pauses": mediation.pause_pairs(dispute),
    }  # fmt: skip
    return render(request, "rights/dispute.html", context)
