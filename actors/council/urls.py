from django.urls import path

from actors.council import views as council_views
from actors.council.ballots import views as ballot_views
from actors.council.discussion import views as discussion_views
from actors.council.disputes import notice_views, views as dispute_views
from actors.council.motions import views as motion_views
from actors.council.rules import views as rule_views
from actors.council.seats import views as seat_views

urlpatterns = [
    path("<slug:hus>/husraad/", council_views.council, name="council"),
    path("<slug:hus>/husraad/opret/", council_views.found, name="council_found"),
    path("<slug:hus>/husraad/pladser/", seat_views.seats, name="council_seats"),
    path("<slug:hus>/husraad/pladser/ny/", seat_views.give, name="council_seat_give"),
    path("<slug:hus>/husraad/pladser/<int:pk>/", seat_views.seat, name="council_seat"),
    path("<slug:hus>/husraad/pladser/<int:pk>/slut/", seat_views.end, name="council_seat_end"),
    path("<slug:hus>/husraad/pladser/<int:pk>/formand/", seat_views.choose_chair, name="council_chair"),
    path("<slug:hus>/husraad/pladser/<int:pk>/folk/", seat_views.name_holder, name="council_name_holder"),
    path(
        "<slug:hus>/husraad/pladser/<int:pk>/folk/<int:holder>/slut/", seat_views.end_holder, name="council_end_holder"
    ),
    path("<slug:hus>/husraad/forretningsorden/", council_views.standing_orders, name="council_orders"),
    path(
        "<slug:hus>/husraad/forretningsorden/<int:version>/",
        council_views.standing_orders,
        name="council_orders_version",
    ),
    path("<slug:hus>/husregler/", rule_views.rules, name="house_rules"),
    path("<slug:hus>/husregler/<int:number>/", rule_views.rule, name="house_rule"),
    path("<slug:hus>/husregler/<int:number>/behold/", rule_views.review, name="house_rule_review"),
    path("<slug:hus>/paamindelser/", notice_views.notices, name="rule_notices"),
    path("<slug:hus>/paamindelser/ny/", notice_views.record, name="rule_notice_new"),
    path("<slug:hus>/paamindelser/<int:number>/", notice_views.notice, name="rule_notice"),
    path("<slug:hus>/paamindelser/<int:number>/svar/", notice_views.answer, name="rule_notice_answer"),
    path("<slug:hus>/paamindelser/<int:number>/indsigelse/", notice_views.appeal, name="rule_notice_appeal"),
    path("<slug:hus>/husraad/konflikter/", dispute_views.disputes, name="disputes"),
    path("<slug:hus>/husraad/konflikter/ny/", dispute_views.raise_dispute, name="dispute_new"),
    path("<slug:hus>/husraad/konflikter/<int:number>/", dispute_views.dispute, name="dispute"),
    path("<slug:hus>/husraad/konflikter/<int:number>/maegler/", dispute_views.name_mediator, name="dispute_mediator"),
    path("<slug:hus>/husraad/konflikter/<int:number>/maegling/", dispute_views.mediate, name="dispute_mediation"),
    path("<slug:hus>/husraad/konflikter/<int:number>/raad/", dispute_views.to_council, name="dispute_to_council"),
    path("<slug:hus>/husraad/konflikter/<int:number>/fulgt-op/", dispute_views.follow_up, name="dispute_follow_up"),
    path("<slug:hus>/husraad/konflikter/<int:number>/traek/", dispute_views.withdraw, name="dispute_withdraw"),
    path("<slug:hus>/husraad/forslag/nyt/", motion_views.new, name="motion_new"),
    path("<slug:hus>/husraad/forslag/<int:number>/", motion_views.motion, name="motion"),
    path("<slug:hus>/husraad/forslag/<int:number>/ret/", motion_views.edit, name="motion_edit"),
    path("<slug:hus>/husraad/forslag/<int:number>/aabn/", motion_views.put_forward, name="motion_open"),
    path("<slug:hus>/husraad/forslag/<int:number>/traek/", motion_views.withdraw, name="motion_withdraw"),
    path("<slug:hus>/husraad/forslag/<int:number>/afstemning/", ballot_views.open_ballot, name="motion_ballot"),
    path("<slug:hus>/husraad/forslag/<int:number>/kommentar/", discussion_views.comment, name="motion_comment"),
    path("<slug:hus>/husraad/forslag/<int:number>/kommentar/<int:pk>/ret/", discussion_views.edit, name="comment_edit"),
    path("<slug:hus>/husraad/forslag/<int:number>/inhabil/", discussion_views.recuse, name="motion_recuse"),
    path("<slug:hus>/husraad/forslag/<int:number>/aendring/", discussion_views.new, name="amendment_new"),
    path(
        "<slug:hus>/husraad/forslag/<int:number>/aendring/<int:amendment>/optag/",
        discussion_views.take_in,
        name="amendment_take_in",
    ),
    path(
        "<slug:hus>/husraad/forslag/<int:number>/aendring/<int:amendment>/traek/",
        discussion_views.withdraw,
        name="amendment_withdraw",
    ),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/", ballot_views.ballot, name="ballot"),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/stem/", ballot_views.vote, name="ballot_vote"),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/fuldmagt/", ballot_views.proxy, name="ballot_proxy"),
    path(
        "<slug:hus>/husraad/afstemninger/<int:pk>/fuldmagt/<int:proxy_pk>/slut/",
        ballot_views.proxy_back,
        name="ballot_proxy_back",
    ),
    path(
        "<slug:hus>/husraad/afstemninger/<int:pk>/overdrag/<int:seat_pk>/",
        ballot_views.hand_over,
        name="ballot_hand_over",
    ),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/kontrol/", ballot_views.check, name="ballot_check"),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/attest/", ballot_views.certificate, name="ballot_certificate"),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/haandsopraekning/", ballot_views.hands, name="ballot_hands"),
    path(
        "<slug:hus>/husraad/afstemninger/<int:pk>/haandsopraekning/<int:seat_pk>/annuller/",
        ballot_views.void,
        name="ballot_hand_void",
    ),
    path("<slug:hus>/husraad/afstemninger/<int:pk>/luk/", ballot_views.end_hands, name="ballot_end_hands"),
]
