"""What has to be sent, kept until it is: mails and webhooks."""
