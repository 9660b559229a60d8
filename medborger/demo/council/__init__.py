"""The councils of the demo's houses: their history is made by the same actions as everybody's, under a clock that stands then."""
