"""The front page's part about actors: who is in the house."""

from actors.models import Actor, Duty
from actors.requests import HouseRequest
from centers.front import Host, People, parts
from medborger.common import clock, phrases


@parts.register(name="people")
def people(request: HouseRequest) -> People:
    """Who is at the desk today, by first name and only who chose so, and the actors that are shown publicly."""
    center_id, now = request.center.pk, clock.now()
    duties = Duty.objects.filter(center_id=center_id, show_first_name=True, ends_at__gt=now).on(clock.today())
    hosts = [
        Host(
            first_name=duty.user.first_name,
            photo_url=duty.user.photo.url if duty.show_photo and duty.user.photo else "",
            hours=phrases.hours(duty.starts_at, duty.ends_at),
        )
        for duty in duties.select_related("user").order_by("starts_at", "pk")
    ]
    shown = Actor.objects.in_house(center_id).filter(shown_publicly=True).in_danish_order().distinct()
    return People(hosts=hosts, actors=list(shown.values_list("name", flat=True)))
