"""How the demo's houses work together: a year of it, done by the same actions as everybody's, under a clock that stands then."""
