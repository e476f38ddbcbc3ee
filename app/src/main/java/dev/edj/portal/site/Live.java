package dev.edj.portal.site;

/// What of a page can change by itself, as it is now.
///
/// @param html elements with ids, which take the place of those with the same ids on the page
/// @param last whether nothing will change any more
public record Live(String html, boolean last) {}
