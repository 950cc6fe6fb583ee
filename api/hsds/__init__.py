"""The initiatives as Open Referral HSDS, the standard in which directories exchange their services."""
