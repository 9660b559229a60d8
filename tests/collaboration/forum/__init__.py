"""Tests of the coordination forum."""
