from django.urls import path

from collaboration.forum.views import forum, members, proposed_items

urlpatterns = [
    path("<slug:hus>/forum/", forum.forum, name="forum"),
    path("<slug:hus>/forum/opret/", forum.found, name="forum_found"),
    path("<slug:hus>/forum/indstillinger/", forum.settings, name="forum_settings"),
    path("<slug:hus>/forum/tovholder/", forum.name_holder, name="forum_holder"),
    path("<slug:hus>/forum/tovholder/stop/", forum.end_holder, name="forum_holder_end"),
    path("<slug:hus>/forum/overlevering/", forum.succession, name="forum_succession"),
    path("<slug:hus>/forum/medlemmer/", members.members, name="forum_members"),
    path("<slug:hus>/forum/medlemmer/ny/", members.add, name="forum_member_add"),
    path("<slug:hus>/forum/medlemmer/<int:pk>/fjern/", members.remove, name="forum_member_remove"),
    path("<slug:hus>/forum/punkter/", proposed_items.proposals, name="forum_proposals"),
    path("<slug:hus>/forum/punkter/nyt/", proposed_items.new, name="forum_proposal_new"),
    path("<slug:hus>/forum/punkter/<int:pk>/", proposed_items.proposal, name="forum_proposal"),
    path("<slug:hus>/forum/punkter/<int:pk>/afvis/", proposed_items.decline, name="forum_proposal_decline"),
    path("<slug:hus>/forum/punkter/<int:pk>/traek-tilbage/", proposed_items.withdraw, name="forum_proposal_withdraw"),
]
