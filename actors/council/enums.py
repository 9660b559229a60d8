"""Choices of the council: how it decides, on what, and states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entitled(models.TextChoices):
    """Who has a seat. In the report's husråd every association has one vote, whatever its size (S918-920)."""

    ASSOCIATIONS = "associations", _("Alle foreninger i huset")
    CHOSEN = "chosen", _("De aktører, der har fået en plads")
    BOARD = "board", _("Valgte personer")


class HolderRole(models.TextChoices):
    """What a person is on a seat."""

    REPRESENTATIVE = "representative", _("Repræsentant")
    DEPUTY = "deputy", _("Suppleant")


class Quorum(models.TextChoices):
    NONE = "none", _("Intet krav")
    SHARE = "share", _("En andel af pladserne")
    NUMBER = "number", _("Et fast antal")


class Majority(models.TextChoices):
    SIMPLE = "simple", _("Simpelt flertal af de afgivne stemmer")
    ABSOLUTE = "absolute", _("Flertal af alle pladser")
    TWO_THIRDS = "two_thirds", _("To tredjedele af de afgivne stemmer")


class TieRule(models.TextChoices):
    FALLS = "falls", _("Forslaget falder")
    CHAIR = "chair", _("Formandens stemme afgør")
    AGAIN = "again", _("Forslaget drøftes og stemmes om igen")


class Movers(models.TextChoices):
    HOLDERS = "holders", _("Repræsentanter og suppleanter")
    MEMBERS = "members", _("Alle i en aktør, der har en plads")


class MotionKind(models.TextChoices):
    """What a motion is about: rules, furnishing, financing, disputes (S1052-60), and the standing orders."""

    NEW_RULE = "new_rule", _("Ny husregel")
    CHANGE_RULE = "change_rule", _("Ændring af en husregel")
    REPEAL_RULE = "repeal_rule", _("Ophævelse af en husregel")
    FURNISHING = "furnishing", _("Indretning")
    FINANCING = "financing", _("Økonomi")
    DISPUTE = "dispute", _("Konflikt")
    STANDING_ORDERS = "standing_orders", _("Forretningsorden")
    OTHER = "other", _("Andet")


ON_RULES = (MotionKind.NEW_RULE, MotionKind.CHANGE_RULE, MotionKind.REPEAL_RULE)
ON_AN_EXISTING_RULE = (MotionKind.CHANGE_RULE, MotionKind.REPEAL_RULE)


class MotionState(models.TextChoices):
    DRAFT = "draft", _("Kladde")
    OPEN = "open", _("Til drøftelse")
    BALLOT = "ballot", _("Til afstemning")
    ADOPTED = "adopted", _("Vedtaget")
    REJECTED = "rejected", _("Forkastet")
    NOT_QUORATE = "not_quorate", _("Ikke beslutningsdygtigt")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


BEFORE_COUNCIL = (MotionState.OPEN, MotionState.BALLOT)
ENDED = (MotionState.ADOPTED, MotionState.REJECTED, MotionState.NOT_QUORATE, MotionState.WITHDRAWN)


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("Foreslået")
    TAKEN_IN = "taken_in", _("Taget med af forslagsstilleren")
    ADOPTED = "adopted", _("Vedtaget")
    REJECTED = "rejected", _("Forkastet")
    FALLEN = "fallen", _("Faldet: et andet ændrede de samme ord")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class RecusalState(models.TextChoices):
    IN_FORCE = "in_force", _("Inhabil")
    REJECTED = "rejected", _("Afvist")  # in ballots of the past (docs/adr/0018)


class Method(models.TextChoices):
    """How a ballot is held."""

    ONLINE = "online", _("På nettet")
    MEETING = "meeting", _("På mødet, på telefonen")
    HANDS = "hands", _("Ved håndsoprækning på mødet")


class Choice(models.TextChoices):
    FOR = "for", _("For")
    AGAINST = "against", _("Imod")
    BLANK = "blank", _("Blankt")


class Capacity(models.TextChoices):
    """In which capacity a vote was cast for the seat."""

    REPRESENTATIVE = "representative", _("Repræsentanten")
    DEPUTY = "deputy", _("Suppleanten")
    PAPER = "paper", _("På papir")  # as TABLET, in histories alone
    TABLET = "tablet", _("På husets skærm med engangskode")
    HANDS = "hands", _("Ved håndsoprækning")
    PROXY = "proxy", _("Ved fuldmagt")


# A vote replaces the one that counts if its capacity ranks at least as high: the representative's word is final, and a
# seat's own vote beats its proxy's.
CAPACITY_RANK = {
    Capacity.REPRESENTATIVE: 3,
    Capacity.DEPUTY: 2,
    Capacity.PAPER: 2,
    Capacity.TABLET: 2,
    Capacity.HANDS: 2,
    Capacity.PROXY: 1,
}


class EventKind(models.TextChoices):
    """The kinds of events in a ballot's chain."""

    OPENED = "opened", _("Afstemningen åbnede")
    VOTE = "vote", _("Stemme")
    CAST = "cast", _("Hemmelig stemme afgivet")
    VOIDED = "voided", _("Stemme annulleret")
    RECUSED = "recused", _("Inhabil")
    PROXY_GIVEN = "proxy_given", _("Fuldmagt givet")
    PROXY_ENDED = "proxy_ended", _("Fuldmagt trukket tilbage")
    LIST = "list", _("Listen over hemmelige stemmer")
    CANCELLED = "cancelled", _("Afstemningen blev afbrudt")
    CLOSED = "closed", _("Afstemningen lukkede")


class Verdict(models.TextChoices):
    ADOPTED = "adopted", _("Vedtaget")
    REJECTED = "rejected", _("Forkastet")
    NOT_QUORATE = "not_quorate", _("Ikke beslutningsdygtigt")
    AGAIN = "again", _("Stemmelighed: der stemmes igen")
    CANCELLED = "cancelled", _("Afbrudt")


class Follows(models.TextChoices):
    """What a breach of a rule leads to; never called "påtale"."""

    REMINDER = "reminder", _("Påmindelse")
    WARNING = "warning", _("Advarsel")
    COUNCIL = "council", _("Sag for rådet")


class DisputeState(models.TextChoices):
    MEDIATION = "mediation", _("Mægling")
    COUNCIL = "council", _("I rådet")
    SETTLED = "settled", _("Afgjort")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class CouncilEvent(models.TextChoices):
    """What the audit trail says was done in the council."""

    FOUNDED = "council.founded", _("Rådet oprettet")
    SEAT_GIVEN = "seat.given", _("Plads givet")
    SEAT_ENDED = "seat.ended", _("Plads nedlagt")
    CHAIR_CHOSEN = "seat.chair", _("Formand valgt")
    HOLDER_NAMED = "seat.holder_named", _("Repræsentant eller suppleant udpeget")
    HOLDER_ENDED = "seat.holder_ended", _("Repræsentant eller suppleant fratrådt")
    MOTION_DRAFTED = "motion.drafted", _("Kladde gemt")
    MOTION_OPENED = "motion.opened", _("Forslag stillet")
    MOTION_WITHDRAWN = "motion.withdrawn", _("Forslag trukket tilbage")
    MOTION_DECIDED = "motion.decided", _("Forslag afgjort")
    COMMENTED = "motion.commented", _("Kommentar skrevet")
    COMMENT_EDITED = "motion.comment_edited", _("Kommentar rettet")
    AMENDMENT_PROPOSED = "amendment.proposed", _("Ændringsforslag stillet")
    AMENDMENT_TAKEN_IN = "amendment.taken_in", _("Ændringsforslag taget med")
    AMENDMENT_WITHDRAWN = "amendment.withdrawn", _("Ændringsforslag trukket tilbage")
    RECUSED = "motion.recused", _("Erklæret inhabil")
    RECUSAL_PROPOSED = "motion.recusal_proposed", _("Inhabilitet foreslået")  # of the past (docs/adr/0018)
    BALLOT_OPENED = "ballot.opened", _("Afstemning åbnet")
    BALLOT_CLOSED = "ballot.closed", _("Afstemning lukket")
    BALLOT_CANCELLED = "ballot.cancelled", _("Afstemning afbrudt")
    VOTED = "ballot.voted", _("Stemme afgivet")
    PROXY_GIVEN = "ballot.proxy_given", _("Fuldmagt givet")
    PROXY_ENDED = "ballot.proxy_ended", _("Fuldmagt trukket tilbage")
    HANDED_OVER = "ballot.handed_over", _("Stemmen overdraget til suppleanten")
    ENTERED = "ballot.entered", _("Stemmer registreret for andre")
    CONFIRMED = "ballot.countersigned", _("Registrerede stemmer bekræftet")
    VOIDED = "ballot.voided", _("Registreret stemme annulleret")
    CODE_ISSUED = "ballot.code_issued", _("Engangskode lavet")
    RULE_IN_FORCE = "rule.in_force", _("Husregel vedtaget")
    RULE_REVIEWED = "rule.reviewed", _("Husregel gennemgået")
    NOTICE_RECORDED = "notice.recorded", _("Brud på en husregel noteret")
    NOTICE_ANSWERED = "notice.answered", _("Svar på en påmindelse")
    NOTICE_APPEALED = "notice.appealed", _("Indsigelse mod en påmindelse")
    DISPUTE_RAISED = "dispute.raised", _("Konflikt rejst")
    MEDIATOR_NAMED = "dispute.mediator", _("Mægler udpeget")
    MEDIATION_ENDED = "dispute.mediation_ended", _("Mægling uden aftale")
    DISPUTE_MEDIATED = "dispute.mediated", _("Konflikt løst ved mægling")
    DISPUTE_TO_COUNCIL = "dispute.to_council", _("Konflikt sendt til rådet")
    DISPUTE_SETTLED = "dispute.settled", _("Konflikt afgjort")
    DISPUTE_WITHDRAWN = "dispute.withdrawn", _("Konflikt trukket tilbage")
    FOLLOWED_UP = "dispute.followed_up", _("Konflikt fulgt op")
