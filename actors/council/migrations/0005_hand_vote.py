"""Nobody votes on paper any more, and one way to vote by a show of hands is left (docs/adr/0018).

A ballot that is open in a form that goes is broken off without a result. Its motion is as it was before, and all seats get a letter.
"""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q

from actors.council.ballots import chain
from medborger.common.messaging.letters import letter_to
from medborger.common import clock

BY_OTHERS = ("paper", "tablet", "hands")
SUBJECT = {"da": "Afstemningen er afbrudt: {title}", "en": "The vote has been cancelled: {title}"}
TEXT = {
    "da": "Rådet stemmer ikke på den måde mere, så stemmerne tælles ikke. Forslaget er, som det var før. I kan stemme om det igen.",
    "en": "The council no longer votes in this way, so the votes are not counted. The motion is as it was before. You can vote on it again.",
}
LABEL = {"da": "Se forslaget", "en": "See the motion"}
ZEROS = dict.fromkeys(("cast", "votes_for", "against", "blank", "quorum_needed", "base", "needed"), 0)


def close_ballots(apps: Any, schema_editor: Any) -> None:
    """Break off what is open as `actions.ballots.closing.cancel_ballots` does. What is over by the clock is counted as it is."""
    Ballot, HandVote = apps.get_model("council", "Ballot"), apps.get_model("council", "HandVote")
    Entitlement = apps.get_model("council", "Entitlement")
    waiting = HandVote.objects.filter(ballot=OuterRef("pk"), voided_at=None, event=None)
    counting = Entitlement.objects.filter(ballot=OuterRef("pk"), counting__capacity__in=BY_OTHERS)
    goes = Q(method="hands") | Exists(waiting) | Exists(counting)
    found = Ballot.objects.filter(
        Q(recusal__isnull=False) | (Q(closes_at__gt=clock.now()) & goes), closed_at=None
    ).order_by("pk")
    for ballot in found.select_for_update(of=("self",)):
        _break_off(apps, ballot)
        _write_to_all_seats(apps, ballot)


def _break_off(apps: Any, ballot: Any) -> None:
    at = clock.now()
    event = {
        "number": ballot.head_number + 1,
        "kind": "cancelled",
        "choice": "",
        "capacity": "",
        "commitment": "",
        "payload": "",
        "at": at,
    }
    content = chain.canonical(ballot=ballot.pk, seat=None, **event)
    ballot.head_number, ballot.head_hash, previous = (
        event["number"],
        chain.link(ballot.head_hash, content),
        ballot.head_hash,
    )
    ballot.closed_at = at
    apps.get_model("council", "VoteEvent").objects.create(
        ballot=ballot, previous=previous, hash=ballot.head_hash, **event
    )
    ballot.save(update_fields=["head_number", "head_hash", "closed_at"])
    seats = apps.get_model("council", "Entitlement").objects.filter(ballot=ballot)
    apps.get_model("council", "Result").objects.create(
        ballot=ballot,
        verdict="cancelled",
        seats=seats.count(),
        recused=seats.filter(recused=True).count(),
        tied=False,
        chair="",
        counted_at=at,
        **ZEROS,
    )
    others = ballot.motion.ballots.filter(closed_at=None, recusal=None)
    if ballot.motion.state == "ballot" and not others.exists():
        ballot.motion.state = "open"
        ballot.motion.save(update_fields=["state"])
    apps.get_model("common", "Audit").objects.create(
        at=at,
        center_id=ballot.council.center_id,
        verb="ballot.cancelled",
        subject="ballot",
        subject_id=ballot.pk,
    )


def _write_to_all_seats(apps: Any, ballot: Any) -> None:
    """To everybody who holds one of the seats now. Of a board's holders it is not checked whether they have got a role in the house."""
    Message, Membership = apps.get_model("common", "Message"), apps.get_model("actors", "Membership")
    belongs = Membership.objects.filter(user=OuterRef("user"), actor=OuterRef("seat__actor"), until=None)
    holders = apps.get_model("council", "SeatHolder").objects.filter(
        Q(seat__actor=None) | Exists(belongs),
        until=None,
        seat__until=None,
        seat__entitlements__ballot=ballot,
        user__is_active=True,
    )
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    for user in {holder.user for holder in holders.select_related("user")}:
        language = user.language if user.language in TEXT else "da"
        letter = letter_to(
            user,
            key=f"ballot-cancelled:{ballot.pk}",
            subject=SUBJECT[language].format(title=ballot.motion.title),
            text=TEXT[language],
            link=f"/{ballot.council.center.slug}/husraad/forslag/{ballot.motion.number}/",
            link_label=LABEL[language],
            center_id=ballot.council.center_id,
        )
        Message.objects.create(
            dedupe_key=letter.key,
            channel=letter.channel,
            recipient=letter.recipient,
            language=letter.language,
            subject=letter.subject[:200],
            text=letter.text,
            link=letter.link,
            link_label=letter.link_label,
            user_id=letter.user_id,
            center_id=letter.center_id,
            message_id=f"<{chain.new_salt()}@{domain}>",
            not_before=ballot.closed_at,
            created_at=ballot.closed_at,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0004_delete_tablet_code"),
        ("common", "0003_letter_unsubscribe"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.RemoveConstraint("tellerentry", f"teller_entry_{name}")
            for name in ("once", "by_teller", "three_seats", "counts_when_countersigned")
        ),
        migrations.AlterModelTable("tellerentry", "council_tellerentry"),
        migrations.RenameModel("TellerEntry", "HandVote"),
        migrations.RenameField("handvote", "teller", "entering_seat"),
        migrations.RenameField("handvote", "second", "confirming_seat"),
        migrations.RemoveField("handvote", "capacity"),
        migrations.AlterModelOptions(
            "handvote",
            {"verbose_name": "stemme ved håndsoprækning", "verbose_name_plural": "stemmer ved håndsoprækning"},
        ),
        migrations.AlterField(
            "handvote",
            "ballot",
            models.ForeignKey("council.ballot", on_delete=models.PROTECT, related_name="hand_votes"),
        ),
        migrations.AlterField(
            "handvote",
            "event",
            models.OneToOneField("council.voteevent", null=True, on_delete=models.PROTECT, related_name="hand_vote"),
        ),
        migrations.AddConstraint(
            "handvote",
            models.UniqueConstraint(name="hand_vote_once", fields=["ballot", "seat"], condition=Q(voided_at=None)),
        ),
        migrations.AddConstraint(
            "handvote",
            models.CheckConstraint(
                name="hand_vote_by_two_seats",
                condition=Q(confirming_seat=None) | ~Q(confirming_seat=F("entering_seat")),
            ),
        ),
        migrations.AddConstraint(
            "handvote",
            models.CheckConstraint(
                name="hand_vote_counts_when_confirmed",
                condition=Q(confirming_seat=None, event=None) | Q(confirming_seat__isnull=False, event__isnull=False),
            ),
        ),
        migrations.RunPython(close_ballots, migrations.RunPython.noop),
    ]
