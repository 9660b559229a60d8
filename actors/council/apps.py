from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "actors.council"
    label = "council"
    verbose_name = "Råd"

    def ready(self) -> None:
        from actors import me
        from actors.council.circle import announce
        from actors.council.matters import my_matters
        from actors.council.me import my_council
        from actors.permissions import tied
        from medborger.common.context import MenuItem, offer

        pages = frozenset(
            {"council_seats", "council_seat", "council_name_holder", "council_orders", "council_orders_version"}
        )
        matters = frozenset(
            {
                *("house_rules", "house_rule"),
                *("rule_notices", "rule_notice", "rule_notice_new", "rule_notice_appeal"),
                *("disputes", "dispute", "dispute_new", "dispute_to_council"),
                *("ballot", "ballot_proxy", "ballot_hand_over", "ballot_tellers", "ballot_check"),
                *("ballot_certificate", "tablet_code"),
            }
        )
        offer(
            # Not by its own name: "Kvarterhusledelsen" does not fit in a phone's menu.
            MenuItem("council", "forum", _("Rådet"), 34, permission=tied, views=pages | matters),
        )
        me.offer(my_council, position=5)
        me.offer(my_matters, position=6)
        announce()
