"""Referrals as figures: recording and, later, metrics, disclosure control, releases and reports."""
