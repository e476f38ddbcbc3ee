package dev.edj.notice;

/// What the body of a webhook is.
public enum WebhookFormat {
  /// A [NoticeMessage], for programs.
  Json,
  /// What Slack, Mattermost and Rocket.Chat show: a `text`.
  Slack,
  /// What Microsoft Teams shows: an adaptive card.
  Teams
}
